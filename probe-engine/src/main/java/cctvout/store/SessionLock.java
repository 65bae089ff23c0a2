package cctvout.store;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.Statement;
import io.r2dbc.spi.ValidationDepth;

import org.reactivestreams.Publisher;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;

/**
 * One process of many: an advisory lock of PostgreSQL that is held by one connection of the pool,
 * outside any transaction. It ends with the connection, so a killed process holds nobody up; a
 * holder that loses its connection is told within seconds.
 */
public final class SessionLock {

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(5);

    private final Database database;
    private final String key;
    private final List<String> parameters;

    /**
     * @param key one or two numbers as SQL has them, such as {@code hashtext('a'), hashtext($1)}
     */
    public SessionLock(Database database, String key, String... parameters) {
        this.database = database;
        this.key = key;
        this.parameters = List.of(parameters);
    }

    /**
     * Tries once. Lazy; does the one while this process has the lock, and errors where that is
     * lost; the other where another process has it.
     */
    public <T> Flux<T> attempt(Flux<T> ours, Publisher<T> others) {
        return database.client()
                .inConnectionMany(
                        connection ->
                                Flux.usingWhen(
                                        ask(connection, "pg_try_advisory_lock"),
                                        got -> got ? ours.takeUntilOther(lost(connection)) : others,
                                        got ->
                                                got
                                                        ? ask(connection, "pg_advisory_unlock")
                                                                .onErrorComplete()
                                                        : Mono.empty()));
    }

    private Mono<Boolean> ask(Connection connection, String function) {
        Statement statement =
                connection.createStatement("select " + function + "(" + key + ") as yes");
        for (int i = 0; i < parameters.size(); i++) {
            statement.bind(i, parameters.get(i));
        }
        return Flux.from(statement.execute())
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
                                Mono.error(
                                        new R2dbcNonTransientResourceException(
                                                "the connection that holds the lock is gone")));
    }
}
