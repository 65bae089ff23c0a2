package cctvout.kafka;

import cctvout.lifecycle.Stopping;
import cctvout.store.Database;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.ValidationDepth;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;

/**
 * Whose turn it is to publish: one process of many, by an advisory lock of PostgreSQL that is held
 * by one connection of the pool, outside any transaction. It ends with the connection, so a killed
 * process holds nobody up; a holder that loses its connection stops within seconds.
 */
final class PublisherTurn {

    private static final String LOCK = "hashtext('kafka publisher')";
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(5);

    private final Database database;
    private final Duration standby;

    PublisherTurn(Database database, Duration standby) {
        this.database = database;
        this.standby = standby;
    }

    /**
     * Runs the work while it is this process's turn, waits while it is another's. Lazy; completes
     * when it is stopping and the work has completed; errors with the work, or where the turn is
     * lost, which cancels the work.
     *
     * @param others called each time when it is found to be another's
     */
    <T> Flux<T> whileOurs(Flux<T> work, Runnable others, Stopping stopping) {
        Flux<T> pause =
                Flux.defer(
                        () ->
                                Mono.delay(standby)
                                        .takeUntilOther(stopping.signal())
                                        .thenMany(Flux.<T>empty()));
        return Flux.defer(() -> stopping.isAsked() ? Flux.<T>empty() : attempt(work, others))
                .concatWith(pause)
                .repeat(() -> !stopping.isAsked());
    }

    private <T> Flux<T> attempt(Flux<T> work, Runnable others) {
        return database.client()
                .inConnectionMany(
                        connection ->
                                Flux.usingWhen(
                                        ask(connection, "pg_try_advisory_lock"),
                                        ours ->
                                                ours
                                                        ? work.takeUntilOther(lost(connection))
                                                        : Mono.<T>fromRunnable(others).flux(),
                                        ours ->
                                                ours
                                                        ? ask(connection, "pg_advisory_unlock")
                                                                .onErrorComplete()
                                                        : Mono.empty()));
    }

    private static Mono<Boolean> ask(Connection connection, String function) {
        return Flux.from(
                        connection
                                .createStatement("select " + function + "(" + LOCK + ") as yes")
                                .execute())
                .flatMap(
                        result ->
                                result.map(
                                        (row, _) ->
                                                Boolean.TRUE.equals(row.get("yes", Boolean.class))))
                .next();
    }

    private static Flux<Void> lost(Connection connection) {
        return Flux.interval(LOOK)
                .onBackpressureDrop()
                .concatMap(
                        _ ->
                                Mono.from(connection.validate(ValidationDepth.REMOTE))
                                        .timeout(LOOK_TIMEOUT),
                        1)
                .filter(alive -> !alive)
                .flatMap(
                        _ ->
                                Mono.<Void>error(
                                        new R2dbcNonTransientResourceException(
                                                "the connection that holds the publisher's lock is"
                                                        + " gone")));
    }
}
