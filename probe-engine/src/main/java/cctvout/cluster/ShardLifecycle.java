package cctvout.cluster;

import cctvout.lifecycle.LivingPart;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.Disposables;

import java.time.Duration;

/** Joins the others before the engine starts, leaves them when all that it found is written. */
final class ShardLifecycle implements SmartLifecycle, LivingPart {

    private static final Logger log = LoggerFactory.getLogger(ShardLifecycle.class);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final ShardKeeper keeper;
    private final ShardGroup group;
    private Disposable keeping = Disposables.disposed();
    private Disposable dividing = Disposables.disposed();
    private volatile boolean broken;

    ShardLifecycle(ShardKeeper keeper, ShardGroup group) {
        this.keeper = keeper;
        this.group = group;
    }

    @Override
    public void start() {
        broken = false;
        keeping = keeper.run().subscribe(_ -> {}, bug -> broke("kept", bug));
        dividing = group.run().subscribe(_ -> {}, bug -> broke("divided", bug));
    }

    private void broke(String what, Throwable bug) {
        broken = true;
        log.error("Shards are no longer {}: they must be", what, bug);
    }

    @Override
    public String part() {
        return "sharing of cameras";
    }

    @Override
    public long beats() {
        return broken ? 0 : System.nanoTime();
    }

    @Override
    public void stop(Runnable callback) {
        keeping.dispose();
        keeper.letGo()
                .then(group.leave())
                .timeout(STOP_WITHIN)
                .onErrorComplete()
                .doFinally(
                        _ -> {
                            dividing.dispose();
                            callback.run();
                        })
                .subscribe();
    }

    @Override
    public void stop() {
        keeping.dispose();
        dividing.dispose();
    }

    @Override
    public boolean isRunning() {
        return !keeping.isDisposed();
    }

    /** Before history and engine; stopped after both have written what there was. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 150;
    }
}
