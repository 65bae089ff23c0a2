package cctvout.kafka;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;

/** Starts publishing, and lets what was sent be confirmed before the end. */
final class PublishingLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(PublishingLifecycle.class);

    private final Publishing publishing;
    private final Duration patience;
    private volatile Stopping stopping = new Stopping();
    private volatile Mono<Void> ended = Mono.empty();
    private volatile Disposable running = () -> {};
    private volatile boolean started;

    PublishingLifecycle(Publishing publishing, Duration patience) {
        this.publishing = publishing;
        this.patience = patience;
    }

    @Override
    public void start() {
        var stop = new Stopping();
        Sinks.Empty<Void> end = Sinks.empty();
        stopping = stop;
        ended = end.asMono();
        running =
                publishing
                        .run(stop)
                        .doOnError(bug -> LOG.error("publishing to Kafka has stopped", bug))
                        .onErrorComplete()
                        .doFinally(_ -> end.tryEmitEmpty())
                        .subscribe();
        started = true;
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

    /** After the store; stopped while the store still serves. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 4096;
    }
}
