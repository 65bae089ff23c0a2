package cctvout.watchdog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.publisher.Sinks;

import java.time.Duration;

/** Reports as long as this process probes. */
final class EngineReporterLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(EngineReporterLifecycle.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final EngineReporter reporter;
    private volatile Sinks.Empty<Void> stopping = Sinks.empty();
    private volatile Sinks.Empty<Void> ended = Sinks.empty();
    private volatile Disposable running = () -> {};
    private volatile boolean started;

    EngineReporterLifecycle(EngineReporter reporter) {
        this.reporter = reporter;
    }

    @Override
    public void start() {
        Sinks.Empty<Void> stop = Sinks.empty();
        Sinks.Empty<Void> end = Sinks.empty();
        stopping = stop;
        ended = end;
        running =
                reporter.run(stop.asMono())
                        .doOnError(bug -> LOG.error("nobody reports any more", bug))
                        .doFinally(_ -> end.tryEmitEmpty())
                        .subscribe();
        started = true;
    }

    @Override
    public void stop(Runnable callback) {
        started = false;
        stopping.tryEmitEmpty();
        ended.asMono()
                .timeout(PATIENCE)
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
        stopping.tryEmitEmpty();
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    /** After the store; stopped while the store still serves. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 4096;
    }
}
