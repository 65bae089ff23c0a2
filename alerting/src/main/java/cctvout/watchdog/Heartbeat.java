package cctvout.watchdog;

import cctvout.notification.ChannelSettings;
import cctvout.notification.Delivery;
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
 * A monitor whose database does not answer tells nobody of anything, so it is silent then.
 */
final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final ChannelSettings.Heartbeat settings;
    private final OutgoingHttp http;
    private final Database database;
    private final InstantSource clock;

    Heartbeat(
            ChannelSettings.Heartbeat settings,
            OutgoingHttp http,
            Database database,
            InstantSource clock) {
        this.settings = settings;
        this.http = http;
        this.database = database;
        this.clock = clock;
    }

    /** For ever; lazy, goes on through trouble, never two at once. */
    Flux<Delivery> run() {
        return Flux.interval(Duration.ZERO, settings.interval())
                .onBackpressureDrop()
                .concatMap(_ -> beat(), 1);
    }

    private Mono<Delivery> beat() {
        return database.client()
                .sql("select 1 as one")
                .map(row -> true)
                .one()
                .timeout(settings.interval())
                .flatMap(_ -> post())
                .doOnNext(
                        delivery -> {
                            if (delivery instanceof Delivery.Failed failed) {
                                LOG.warn("heartbeat not taken: {}", failed.error());
                            }
                        })
                .onErrorResume(
                        trouble -> {
                            LOG.warn("no heartbeat: the database does not answer");
                            return Mono.empty();
                        });
    }

    private Mono<Delivery> post() {
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
                (status, _) -> Delivery.Failed.refused("HTTP " + status));
    }
}
