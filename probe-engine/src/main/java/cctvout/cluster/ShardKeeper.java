package cctvout.cluster;

import cctvout.lifecycle.ToldTrouble;
import cctvout.log.PostgresEventLog;
import cctvout.store.Database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Makes what this process is to own its own, in the database, and lets go of what another has
 * taken. Who decides what it is to own calls {@link #want}; while nobody does, {@link
 * #wantWhatIsFree}. Shards that are no longer wanted are let go of at once, the database or not;
 * new ones are probed when the database has them.
 */
public final class ShardKeeper implements Shards {

    private static final Logger log = LoggerFactory.getLogger(ShardKeeper.class);

    /** No node's silence: what is nobody's. */
    private static final Duration EVER = Duration.ofDays(100 * 365);

    private final ShardTable table;
    private final String zone;
    private final String node;
    private final Duration beat;
    private final Duration silence;
    private final Duration takeover;
    private final GoodRounds rounds;
    private final Sinks.Many<Ownership> told = Sinks.many().replay().latest();
    private final Sinks.Many<Boolean> wakeUp = Sinks.many().multicast().directBestEffort();

    private final ToldTrouble trouble =
            new ToldTrouble(log, "Who probes what waits for the database");

    private Ownership now;
    private Set<Integer> wanted = Set.of();

    /** Wanted, but another took them since: mine again only where that one lets go of them. */
    private final Set<Integer> contested = new HashSet<>();

    private boolean free;

    /** This process's own, by the table. */
    private Set<Integer> standing = Set.of();

    /**
     * @param nanos steady time
     */
    ShardKeeper(ShardTable table, ClusterSettings settings, String node, LongSupplier nanos) {
        this.table = table;
        this.zone = settings.zone();
        this.node = node;
        this.beat = settings.beat();
        this.silence = settings.silence();
        this.takeover = settings.takeover();
        this.rounds = new GoodRounds(silence, nanos);
        this.now = Ownership.nothing(zone);
        tell(now);
    }

    /** On this database; does nothing before {@link #run}. */
    public static ShardKeeper of(
            Database database, PostgresEventLog events, ClusterSettings settings) {
        return new ShardKeeper(
                new PostgresShardTable(database, events),
                settings,
                NodeName.of(settings),
                System::nanoTime);
    }

    @Override
    public Flux<Ownership> ownership() {
        return told.asFlux().onBackpressureLatest();
    }

    /** How many shards are this process's at present. */
    public synchronized int owned() {
        return now.claims().size();
    }

    public String zone() {
        return zone;
    }

    public String node() {
        return node;
    }

    /**
     * Whether the database was there for a whole round within the takeover time. Where it was not,
     * what this process would be given now nobody would probe.
     */
    public boolean isInTouch() {
        return rounds.within(takeover);
    }

    /** Whether the times at which others were seen mean something. */
    boolean isSteady() {
        return rounds.areSteady();
    }

    /** From now on exactly these, whoever has them; any thread. */
    public synchronized void want(Set<Integer> shards) {
        wanted = Set.copyOf(shards);
        contested.clear();
        free = false;
        tell(now.only(wanted::contains));
        wakeUp.tryEmitNext(true);
    }

    /** What is this process's own, and nothing else that was asked for before; any thread. */
    public synchronized void wantNoMore() {
        wanted = Set.copyOf(now.claims().keySet());
        contested.clear();
    }

    /** Besides, whatever is nobody's or a dead node's. */
    public synchronized void wantWhatIsFree() {
        free = true;
        wakeUp.tryEmitNext(true);
    }

    /** Lazy, never completes, never errors; one subscriber. */
    public Mono<Void> run() {
        return Flux.merge(
                        Flux.interval(Duration.ZERO, beat).onBackpressureDrop().map(_ -> true),
                        wakeUp.asFlux())
                .onBackpressureLatest()
                .concatMap(_ -> round().onErrorResume(this::away), 1)
                .then();
    }

    /** Lets go of all, and says so where the database hears it. Lazy. */
    public Mono<Void> letGo() {
        return Mono.defer(
                () -> {
                    Set<Integer> owned;
                    synchronized (this) {
                        owned = now.claims().keySet();
                        want(Set.of());
                    }
                    return table.giveUp(zone, node, owned).onErrorResume(this::away);
                });
    }

    private Mono<Void> away(Throwable reason) {
        trouble.is(reason);
        return Mono.empty();
    }

    Mono<Void> round() {
        return Mono.defer(() -> table.look(zone, node))
                .doOnNext(this::seen)
                .then(Mono.defer(() -> table.take(zone, node, toTake())))
                .doOnNext(this::mine)
                .then(Mono.defer(() -> adopt(toAdopt())))
                .then(Mono.defer(() -> table.giveUp(zone, node, unwanted())))
                .doOnError(_ -> rounds.failed())
                .doOnSuccess(
                        _ -> {
                            rounds.good();
                            trouble.isOver();
                        });
    }

    private Mono<Void> adopt(Set<Integer> shards) {
        Duration unseen = isSteady() ? silence : EVER;
        return shards.isEmpty()
                ? Mono.empty()
                : table.adopt(zone, node, shards, unseen).doOnNext(this::mine).then();
    }

    /** In the table this process's own, but let go of since. */
    private synchronized Set<Integer> unwanted() {
        Set<Integer> left = new HashSet<>(standing);
        left.removeAll(now.claims().keySet());
        left.removeAll(wanted);
        return left;
    }

    private synchronized Set<Integer> toTake() {
        Set<Integer> missing = new HashSet<>(wanted);
        missing.removeAll(now.claims().keySet());
        missing.removeAll(contested);
        return missing;
    }

    private synchronized Set<Integer> toAdopt() {
        Set<Integer> missing = new HashSet<>(free ? Shard.ALL : contested);
        missing.removeAll(now.claims().keySet());
        return missing;
    }

    private synchronized void mine(Map<Integer, Claim> claims) {
        Map<Integer, Claim> still = new HashMap<>(claims);
        still.keySet().removeIf(shard -> !free && !wanted.contains(shard));
        contested.removeAll(still.keySet());
        tell(now.with(still));
    }

    private synchronized void seen(ShardTable.Seen seen) {
        standing = seen.epochs().keySet();
        Set<Integer> lost = new HashSet<>();
        now.claims()
                .forEach(
                        (shard, claim) -> {
                            Long epoch = seen.epochs().get(shard);
                            if (epoch == null || epoch != claim.epoch()) {
                                lost.add(shard);
                            }
                        });
        if (!lost.isEmpty()) {
            log.warn("{} shards were taken by another process", lost.size());
        }
        contested.addAll(lost);
        contested.retainAll(wanted);
        tell(now.only(shard -> !lost.contains(shard)).among(seen.zones()));
    }

    private synchronized void tell(Ownership next) {
        if (next.equals(now) && next != now) {
            return;
        }
        if (next.claims().size() != now.claims().size()) {
            log.info(
                    "Probes {} of {} shards{}",
                    next.claims().size(),
                    Shard.COUNT,
                    zone.isEmpty() ? "" : " of zone " + zone);
        }
        now = next;
        told.tryEmitNext(next);
    }
}
