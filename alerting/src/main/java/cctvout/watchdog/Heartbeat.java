package cctvout.watchdog;

import cctvout.notification.ChannelSettings;
import cctvout.notification.Delivery;
import cctvout.notification.FailureCause;
import cctvout.notification.OutgoingHttp;
import cctvout.rows.Rows;
import cctvout.store.Database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * Says at each interval that we live, to a system outside that notices when nothing comes any more.
 * A monitor whose database does not answer, or takes nothing, tells nobody of anything, so it is
 * silent then.
 */
final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final Duration interval;
    private final Mono<Delivery> post;
    private final Database database;

    /**
     * @param post says it once
     */
    Heartbeat(Duration interval, Mono<Delivery> post, Database database) {
        this.interval = interval;
        this.post = post;
        this.database = database;
    }

    static Heartbeat of(
            ChannelSettings.Heartbeat settings,
            OutgoingHttp http,
            Database database,
            InstantSource clock) {
        return new Heartbeat(
                settings.interval(), Mono.defer(() -> post(settings, http, clock)), database);
    }

    /** For ever; lazy, goes on through trouble, never two at once. */
    Flux<Delivery> run() {
        return Flux.interval(Duration.ZERO, interval)
                .onBackpressureDrop()
                .concatMap(_ -> beat(), 1);
    }

    private Mono<Delivery> beat() {
        return database.client()
                .sql("select 1 as one")
                .map(row -> true)
                .one()
                .timeout(interval)
                .onErrorMap(_ -> new IllegalStateException("the database does not answer"))
                .flatMap(_ -> taken().switchIfEmpty(post))
                .doOnNext(
                        delivery -> {
                            if (delivery instanceof Delivery.Failed failed) {
                                LOG.warn("heartbeat not taken: {}", failed.error());
                            }
                        })
                .onErrorResume(
                        trouble -> {
                            LOG.warn("no heartbeat: {}", trouble.getMessage());
                            return Mono.empty();
                        });
    }

    /** Empty, or an error where what is written is refused. */
    private Mono<Delivery> taken() {
        return Mono.justOrEmpty(database.refusal())
                .flatMap(
                        words ->
                                Mono.error(
                                        new IllegalStateException(
                                                "the database takes nothing: " + words)));
    }

    private static Mono<Delivery> post(
            ChannelSettings.Heartbeat settings, OutgoingHttp http, InstantSource clock) {
        byte[] body =
                OutgoingHttp.utf8(
                        Rows.json(Map.of("status", "alive", "timestamp", clock.instant())));
        return http.post(
                settings.url(),
                headers -> {
                    headers.set("Content-Type", "application/json");
                    headers.set("Content-Length", body.length);
                },
                body,
                (status, _) -> Delivery.Failed.refused(FailureCause.http(status)));
    }
}
