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
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One process of many: an advisory lock of PostgreSQL that is held by one connection of the pool,
 * outside any transaction. It ends with the connection, so a killed process holds nobody up; a
 * holder that loses its connection is told within seconds.
 */
public final class SessionLock {

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(5);

    /** How the server shows what is held by one key of 64 bits, or by two of 32. */
    private static final String END_SILENT =
            """
            select pg_terminate_backend(l.pid) as ended
            from pg_locks l join pg_stat_activity a on a.pid = l.pid
            cross join (select array[%s]::bigint[] as keys) k
            where l.locktype = 'advisory' and l.granted and l.objsubid = cardinality(keys)
                and l.database = (select oid from pg_database where datname = current_database())
                and l.classid = keys[1] >> 32 * (2 - cardinality(keys)) & 4294967295
                and l.objid = keys[cardinality(keys)] & 4294967295
                and a.state_change < clock_timestamp() - :silence * interval '1 millisecond'
            """;

    private final Database database;
    private final List<String> names;

    /**
     * @param names one of its own, or that of a group and one within it
     */
    public SessionLock(Database database, String... names) {
        this.database = database;
        this.names = List.of(names);
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

    /**
     * Ends the connection of a holder that stands still: a holder looks at its own every 2 s. Lazy.
     *
     * @param silence of its connection
     * @return whether there was one
     */
    public Mono<Boolean> endSilentHolder(Duration silence) {
        var statement =
                database.client()
                        .sql(END_SILENT.formatted(keys(":key")))
                        .bind("silence", silence.toMillis());
        for (int i = 0; i < names.size(); i++) {
            statement = statement.bind("key" + (i + 1), names.get(i));
        }
        return statement
                .map(row -> Boolean.TRUE.equals(row.get("ended", Boolean.class)))
                .all()
                .reduce(false, (one, other) -> one || other);
    }

    /** As many as there are names; parameters are numbered from 1. */
    private String keys(String parameter) {
        return IntStream.rangeClosed(1, names.size())
                .mapToObj(i -> "hashtext(" + parameter + i + ")")
                .collect(Collectors.joining(", "));
    }

    private Mono<Boolean> ask(Connection connection, String function) {
        Statement statement =
                connection.createStatement("select " + function + "(" + keys("$") + ") as yes");
        for (int i = 0; i < names.size(); i++) {
            statement.bind(i, names.get(i));
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
