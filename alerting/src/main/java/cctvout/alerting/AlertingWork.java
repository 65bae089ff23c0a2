package cctvout.alerting;

import cctvout.lifecycle.Stopping;
import cctvout.notification.NotificationPipeline;
import cctvout.template.Templates;
import cctvout.watchdog.Watchdog;

import reactor.core.publisher.Flux;

import java.time.Duration;

/** Reader, sender, watchdog and all else that goes on: each ends what it has begun. */
record AlertingWork(
        AlertingConsumer consumer,
        NotificationPipeline pipeline,
        Watchdog watchdog,
        Verifier verifier,
        Templates templates,
        AlertingMetrics metrics) {

    static final Duration PATIENCE = Duration.ofSeconds(12);

    /** So old a text can be that another process changed. */
    private static final Duration TEXTS_EVERY = Duration.ofSeconds(2);

    Flux<Void> run(Stopping stopping) {
        return Flux.merge(
                templates
                        .changed()
                        .onErrorComplete()
                        .thenMany(consumer.run(stopping.signal()))
                        .then(),
                templates.follow(TEXTS_EVERY).takeUntilOther(stopping.signal()).then(),
                pipeline.run(stopping.signal()).then(),
                watchdog.run(stopping.signal()).then(),
                verifier.deadlines(stopping.signal()).then(),
                metrics.refresh().takeUntilOther(stopping.signal()).then());
    }
}
