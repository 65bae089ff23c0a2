package cctvout.relay;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;

/** Answers other processes as long as this one probes. */
final class RelayLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RelayLifecycle.class);

    private final Flux<Void> work;
    private volatile Disposable running = Disposables.disposed();

    RelayLifecycle(Flux<Void> work) {
        this.work = work;
    }

    @Override
    public void start() {
        running =
                work.subscribe(
                        _ -> {}, bug -> LOG.error("Other processes are answered no longer", bug));
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }
}
