package cctvout.store;

import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlResult;
import io.r2dbc.spi.ValidationDepth;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** One connection a channel, shared by all who listen, made anew for ever. */
final class Listener {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);
    private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z_]{0,50}");
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration SLOWEST_RETRY = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration KEPT_UNUSED = Duration.ofSeconds(5);

    private final PostgresqlConnectionFactory connections;
    private final Map<String, Flux<String>> channels = new ConcurrentHashMap<>();

    Listener(PostgresqlConnectionFactory connections) {
        this.connections = connections;
    }

    Flux<String> notifications(String channel) {
        if (!CHANNEL.matcher(channel).matches()) {
            throw new IllegalArgumentException("not a channel: " + channel);
        }
        return channels.computeIfAbsent(channel, this::shared).onBackpressureLatest();
    }

    private Flux<String> shared(String channel) {
        Flux<String> connected =
                Flux.usingWhen(
                        connections.create(),
                        connection -> listen(connection, channel),
                        PostgresqlConnection::close);
        return connected
                .concatWith(Mono.error(() -> new IllegalStateException("connection closed")))
                .retryWhen(
                        Retry.backoff(Long.MAX_VALUE, FIRST_RETRY)
                                .maxBackoff(SLOWEST_RETRY)
                                .transientErrors(true)
                                .doBeforeRetry(
                                        it ->
                                                log.debug(
                                                        "listening to {} again: {}",
                                                        channel,
                                                        it.failure().toString())))
                .publish()
                .refCount(1, KEPT_UNUSED);
    }

    // The empty hint at the start: something may have been said while nobody listened.
    private static Flux<String> listen(PostgresqlConnection connection, String channel) {
        Flux<String> said =
                connection
                        .getNotifications()
                        .map(it -> it.getParameter() == null ? "" : it.getParameter());
        Mono<Void> begun =
                connection
                        .createStatement("listen " + channel)
                        .execute()
                        .flatMap(PostgresqlResult::getRowsUpdated)
                        .then();
        return begun.thenMany(Flux.merge(said, Mono.just(""), watch(connection)));
    }

    private static Flux<String> watch(PostgresqlConnection connection) {
        return Flux.interval(LOOK)
                .onBackpressureDrop()
                .concatMap(
                        _ -> connection.validate(ValidationDepth.REMOTE).timeout(LOOK_TIMEOUT), 1)
                .filter(alive -> !alive)
                .map(
                        _ -> {
                            throw new IllegalStateException("connection is dead");
                        });
    }
}
