package cctvout.alerting;

import cctvout.engine.ProbeEngine;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/** Where this process probes, it looks at what was resolved by hand, here or elsewhere. */
final class VerifierLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(VerifierLifecycle.class);

    private final Verifier verifier;
    private final ProbeEngine engine;
    private Disposable running = Disposables.disposed();

    VerifierLifecycle(Verifier verifier, ProbeEngine engine) {
        this.verifier = verifier;
        this.engine = engine;
    }

    @Override
    public void start() {
        running =
                verifier.looks(engine, Mono.never())
                        .subscribe(
                                issue -> LOG.info("{} is open again: still bad", issue.id()),
                                bug -> LOG.error("nothing is verified any more", bug));
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }

    /** Stopped while the store still serves. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 4096;
    }
}
