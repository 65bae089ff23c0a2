package cctvout.lifecycle;

import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.util.function.Function;

/**
 * Work that goes on as long as the application runs. Asked to stop it may end what it has begun,
 * and is cancelled when its patience is over. Started after the store and before the doors open;
 * stopped while the store still serves. May be started again.
 */
public final class UntilStopped implements SmartLifecycle, LivingPart {

    private static final Logger LOG = LoggerFactory.getLogger(UntilStopped.class);

    private final String name;
    private final Duration patience;
    private final Function<Stopping, ? extends Publisher<?>> work;
    private final int phase;
    private volatile Stopping stopping = new Stopping();
    private volatile Mono<Void> ended = Mono.empty();
    private volatile Disposable running = Disposables.disposed();
    private volatile boolean started;
    private volatile boolean broken;

    /**
     * @param name of the work, for the log where it breaks
     * @param patience how long it may go on after it was asked to stop
     * @param work asked for at each start; is to complete soon after it is asked to stop
     */
    public UntilStopped(
            String name, Duration patience, Function<Stopping, ? extends Publisher<?>> work) {
        this(name, DEFAULT_PHASE - 4096, patience, work);
    }

    /** The same elsewhere in the order of starting and stopping. */
    public UntilStopped(
            String name,
            int phase,
            Duration patience,
            Function<Stopping, ? extends Publisher<?>> work) {
        this.name = name;
        this.phase = phase;
        this.patience = patience;
        this.work = work;
    }

    @Override
    public void start() {
        var stop = new Stopping();
        Sinks.Empty<Void> end = Sinks.empty();
        stopping = stop;
        broken = false;
        ended = end.asMono();
        running =
                Flux.<Object>defer(() -> Flux.from(work.apply(stop)))
                        .doFinally(_ -> end.tryEmitEmpty())
                        .subscribe(_ -> {}, this::broke);
        started = true;
    }

    private void broke(Throwable bug) {
        broken = true;
        LOG.error("{} has stopped", name, bug);
    }

    @Override
    public String part() {
        return name;
    }

    @Override
    public long beats() {
        return broken && started ? 0 : System.nanoTime();
    }

    @Override
    public void stop(Runnable callback) {
        started = false;
        stopping.ask();
        ended.timeout(patience)
                .onErrorComplete()
                .doFinally(
                        _ -> {
                            running.dispose();
                            callback.run();
                        })
                .subscribe();
    }

    @Override
    public void stop() {
        started = false;
        stopping.ask();
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public int getPhase() {
        return phase;
    }
}
