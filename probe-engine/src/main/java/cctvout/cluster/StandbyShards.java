package cctvout.cluster;

import cctvout.lifecycle.Stopping;
import cctvout.lifecycle.ToldTrouble;
import cctvout.store.Database;
import cctvout.store.SessionLock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private final Database database;
    private final SessionLock lock;
    private final ShardKeeper keeper;
    private final Duration retry;
    private final Duration silence;
    private final Stopping leaving = new Stopping();
    private final Sinks.Empty<Void> left = Sinks.empty();
    private final ToldTrouble trouble = new ToldTrouble(log, "The probers' lock waits");
    private boolean standsBy;

    StandbyShards(Database database, ShardKeeper keeper, ClusterSettings settings) {
        this.database = database;
        this.lock = new SessionLock(database, "cctvout probe", keeper.zone());
        this.keeper = keeper;
        this.retry = settings.takeover().dividedBy(10);
        this.silence = settings.silence();
    }

    /** Completes only when this process leaves. */
    @Override
    public Mono<Void> run() {
        return lock.attempt(hold().flux(), Mono.defer(this::endTheSilentOne))
                .onErrorResume(
                        away -> {
                            trouble.is(away);
                            return Mono.empty();
                        })
                .then(Mono.defer(() -> Mono.delay(retry).takeUntilOther(leaving.signal())))
                .repeat(() -> !leaving.isAsked())
                .then()
                .doFinally(_ -> left.tryEmitEmpty());
    }

    @Override
    public Mono<Void> leave() {
        return Mono.defer(
                () -> {
                    leaving.ask();
                    return left.asMono();
                });
    }

    private Mono<Void> hold() {
        return Mono.<Void>fromRunnable(
                        () -> {
                            standsBy = false;
                            trouble.isOver();
                            log.info("This process probes; others stand by");
                            keeper.want(Shard.ALL);
                        })
                .then(leaving.signal());
    }

    /**
     * The holder's heart beats in the table of nodes; a new holder has taken its shards just now.
     */
    private Mono<Void> endTheSilentOne() {
        keeper.want(Set.of());
        trouble.isOver();
        if (!standsBy) {
            standsBy = true;
            log.info("Another process probes; this one stands by");
        }
        if (!keeper.isSteady()) {
            return Mono.empty();
        }
        return withoutHeartbeat()
                .filter(without -> without)
                .flatMap(_ -> lock.endSilentHolder(silence))
                .filter(ended -> ended)
                .doOnNext(
                        _ -> log.warn("The process that probes stands still: this one takes over"))
                .then();
    }

    private Mono<Boolean> withoutHeartbeat() {
        return database.client()
                .sql(
                        """
                        select not exists (
                            select from probe_shard s left join probe_node n on n.node = s.node
                            where s.zone = :zone
                                and greatest(s.taken_at, n.seen_at) > now() - :silence * interval '1 millisecond'
                        ) as silent
                        """)
                .bind("zone", keeper.zone())
                .bind("silence", silence.toMillis())
                .map(row -> Boolean.TRUE.equals(row.get("silent", Boolean.class)))
                .one();
    }
}
