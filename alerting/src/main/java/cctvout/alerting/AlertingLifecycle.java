package cctvout.alerting;

import cctvout.notification.NotificationPipeline;
import cctvout.template.Templates;
import cctvout.watchdog.Watchdog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import java.time.Duration;

/** Starts reader and sender, and lets both end what they have begun. */
final class AlertingLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AlertingLifecycle.class);

    /** So old a text can be that another process changed. */
    private static final Duration TEXTS_EVERY = Duration.ofSeconds(2);

    private static final Duration PATIENCE = Duration.ofSeconds(12);

    private final AlertingConsumer consumer;
    private final NotificationPipeline pipeline;
    private final Watchdog watchdog;
    private final Verifier verifier;
    private final Templates templates;
    private final AlertingMetrics metrics;
    private volatile Sinks.Empty<Void> stopping = Sinks.empty();
    private volatile Sinks.Empty<Void> ended = Sinks.empty();
    private volatile Disposable running = () -> {};
    private volatile boolean started;

    AlertingLifecycle(
            AlertingConsumer consumer,
            NotificationPipeline pipeline,
            Watchdog watchdog,
            Verifier verifier,
            Templates templates,
            AlertingMetrics metrics) {
        this.consumer = consumer;
        this.pipeline = pipeline;
        this.watchdog = watchdog;
        this.verifier = verifier;
        this.templates = templates;
        this.metrics = metrics;
    }

    @Override
    public void start() {
        Sinks.Empty<Void> stop = Sinks.empty();
        Sinks.Empty<Void> end = Sinks.empty();
        stopping = stop;
        ended = end;
        running =
                Flux.merge(
                                templates
                                        .changed()
                                        .onErrorComplete()
                                        .thenMany(consumer.run(stop.asMono()))
                                        .then(),
                                templates.follow(TEXTS_EVERY).takeUntilOther(stop.asMono()).then(),
                                pipeline.run(stop.asMono()).then(),
                                watchdog.run(stop.asMono()).then(),
                                verifier.deadlines(stop.asMono()).then(),
                                metrics.refresh().takeUntilOther(stop.asMono()).then())
                        .doOnError(bug -> LOG.error("alerting has stopped", bug))
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

    /** After the store, before the doors open; stopped while the store still serves. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 4096;
    }
}
