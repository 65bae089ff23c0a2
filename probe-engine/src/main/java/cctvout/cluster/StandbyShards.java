package cctvout.cluster;

import cctvout.store.Database;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.ValidationDepth;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.util.Set;

/**
 * One process of many probes all of its zone, by an advisory lock of PostgreSQL; the others stand
 * by. Who loses sight of the database goes on with what it has until it is told that another has
 * it. A killed one's lock ends with its connection. One that stands still keeps its connection:
 * when it has given no sign of life for long enough, that is ended for it.
 */
final class StandbyShards implements ShardGroup {

    private static final Logger log = LoggerFactory.getLogger(StandbyShards.class);

    private static final String KEY = "hashtext('cctvout probe'), hashtext($1)";
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration LOOK_TIMEOUT = Duration.ofSeconds(5);

    private final Database database;
    private final ShardKeeper keeper;
    private final Duration retry;
    private final Duration silence;
    private final Sinks.Empty<Void> leaving = Sinks.empty();
    private final Sinks.Empty<Void> left = Sinks.empty();
    private volatile boolean leave;
    private boolean told;

    StandbyShards(Database database, ShardKeeper keeper, ClusterSettings settings) {
        this.database = database;
        this.keeper = keeper;
        this.retry = settings.takeover().dividedBy(10);
        this.silence = settings.silence();
    }

    /** Completes only when this process leaves. */
    @Override
    public Mono<Void> run() {
        return Mono.defer(this::attempt)
                .onErrorResume(
                        trouble -> {
                            log.warn("The probers' lock: {}", trouble.toString());
                            return Mono.empty();
                        })
                .then(Mono.defer(() -> Mono.delay(retry).takeUntilOther(leaving.asMono())))
                .repeat(() -> !leave)
                .then()
                .doFinally(_ -> left.tryEmitEmpty());
    }

    @Override
    public Mono<Void> leave() {
        return Mono.defer(
                () -> {
                    leave = true;
                    leaving.tryEmitEmpty();
                    return left.asMono();
                });
    }

    private Mono<Void> attempt() {
        return database.client()
                .inConnection(
                        connection ->
                                Mono.usingWhen(
                                        ask(connection, "pg_try_advisory_lock"),
                                        ours -> ours ? hold(connection) : Mono.<Void>empty(),
                                        ours ->
                                                ours
                                                        ? ask(connection, "pg_advisory_unlock")
                                                                .onErrorComplete()
                                                        : endTheSilentOne()));
    }

    private Mono<Void> hold(Connection connection) {
        return Mono.<Void>fromRunnable(
                        () -> {
                            told = false;
                            log.info("This process probes; others stand by");
                            keeper.want(Shard.ALL);
                        })
                .then(lost(connection).takeUntilOther(leaving.asMono()));
    }

    private Mono<Boolean> ask(Connection connection, String function) {
        return Flux.from(
                        connection
                                .createStatement("select " + function + "(" + KEY + ") as yes")
                                .bind("$1", keeper.zone())
                                .execute())
                .flatMap(
                        result ->
                                result.map(
                                        (row, _) ->
                                                Boolean.TRUE.equals(row.get("yes", Boolean.class))))
                .next();
    }

    /**
     * The holder's heart beats in the table of nodes; a new holder has taken its shards just now.
     */
    private Mono<Void> endTheSilentOne() {
        keeper.want(Set.of());
        if (!told) {
            told = true;
            log.info("Another process probes; this one stands by");
        }
        return database.client()
                .sql(
                        """
                        select pg_terminate_backend(l.pid) as ended
                        from pg_locks l join pg_stat_activity a on a.pid = l.pid
                        where l.locktype = 'advisory' and l.granted and l.objsubid = 2
                            and l.database = (select oid from pg_database where datname = current_database())
                            and l.classid = hashtext('cctvout probe')::bigint & 4294967295
                            and l.objid = hashtext(:zone)::bigint & 4294967295
                            and a.state_change < now() - :silence * interval '1 millisecond'
                            and not exists (
                                select from probe_shard s left join probe_node n on n.node = s.node
                                where s.zone = :zone
                                    and greatest(s.taken_at, n.seen_at) > now() - :silence * interval '1 millisecond')
                        """)
                .bind("zone", keeper.zone())
                .bind("silence", silence.toMillis())
                .map(row -> Boolean.TRUE.equals(row.get("ended", Boolean.class)))
                .all()
                .doOnNext(
                        _ -> log.warn("The process that probes stands still: this one takes over"))
                .then();
    }

    /** Errors when the connection is gone. */
    private static Mono<Void> lost(Connection connection) {
        return Flux.interval(LOOK)
                .onBackpressureDrop()
                .concatMap(
                        _ ->
                                Mono.from(connection.validate(ValidationDepth.REMOTE))
                                        .timeout(LOOK_TIMEOUT),
                        1)
                .filter(alive -> !alive)
                .next()
                .flatMap(
                        _ ->
                                Mono.error(
                                        new R2dbcNonTransientResourceException(
                                                "the connection that holds it is gone")));
    }
}
