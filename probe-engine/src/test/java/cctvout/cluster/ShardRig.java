package cctvout.cluster;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.camera.PostgresCameraRegistry;
import cctvout.log.PostgresEventLog;
import cctvout.status.PostgresTransitionLog;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.TransitionLog.Claimed;
import cctvout.status.Verdict;
import cctvout.store.Answer;
import cctvout.store.Columns;
import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.api.AfterEach;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Keepers of shards on one database, round by round. */
abstract class ShardRig {

    static final Instant AT = Instant.parse("2026-05-01T12:34:56Z");
    static final Duration TAKEOVER = Duration.ofMinutes(10);
    static final Duration SILENCE = new ClusterSettings("", "", TAKEOVER).silence();
    static final Set<Integer> LOWER = IntStream.range(0, 128).boxed().collect(Collectors.toSet());
    static final Set<Integer> UPPER = IntStream.range(128, 256).boxed().collect(Collectors.toSet());

    final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    final Database database = embedded.database();
    final PostgresEventLog events = new PostgresEventLog(database);
    final PostgresCameraRegistry registry = new PostgresCameraRegistry(database);
    final AtomicLong nanos = new AtomicLong();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final StaleWrites stale = new StaleWrites(meters);
    final PostgresTransitionLog log = new PostgresTransitionLog(database, events, stale);

    @AfterEach
    void close() {
        embedded.close();
    }

    List<String> seenBy(ShardKeeper keeper) throws Exception {
        return Answer.of(registry.changesSoFar(now(keeper).part(owned(keeper)), 0)).stream()
                .map(change -> change.id().value())
                .sorted()
                .toList();
    }

    static Camera zoned(Camera c, String zone) {
        return new Camera(
                c.id(),
                c.name(),
                c.address(),
                c.latitude(),
                c.longitude(),
                c.ip(),
                c.hlsUrl(),
                c.line(),
                c.site(),
                c.district(),
                c.vendor(),
                zone,
                c.enabled(),
                c.interval(),
                c.probes(),
                c.version());
    }

    long epoch(String zone, CameraId id) throws Exception {
        return Answer.of(
                database.client()
                        .sql("select epoch from probe_shard where zone = :zone and shard = :shard")
                        .bind("zone", zone)
                        .bind("shard", Shard.of(id))
                        .map(row -> Columns.number(row, "epoch"))
                        .one());
    }

    Claim claimOf(String camera, ShardKeeper keeper) throws Exception {
        keeper.want(Shard.ALL);
        round(keeper);
        return Objects.requireNonNull(now(keeper).claims().get(Shard.of(new CameraId(camera))));
    }

    List<StatusTransition> append(Claim claim, Verdict from, Verdict to) throws Exception {
        return append(new CameraId("a"), claim, from, to);
    }

    List<StatusTransition> append(CameraId id, Claim claim, Verdict from, Verdict to)
            throws Exception {
        var transition = new StatusTransition(0, id, from, to, "R", Evidence.NONE, AT);
        return Answer.of(log.appendClaimed(List.of(new Claimed(transition, claim))));
    }

    double refused(String write) {
        return meters.get("cctvout.cluster.stale.writes").tag("write", write).counter().count();
    }

    ShardKeeper keeper(String node, String zone) {
        var settings = new ClusterSettings(node, zone, TAKEOVER);
        return new ShardKeeper(
                new PostgresShardTable(database, events),
                settings,
                NodeName.of(settings),
                nanos::get);
    }

    /** Rounds without a break, for longer than one that is silent is waited for. */
    void steady(ShardKeeper keeper) throws Exception {
        for (int half = 0; half <= 3; half++) {
            round(keeper);
            nanos.addAndGet(SILENCE.dividedBy(2).toNanos());
        }
        round(keeper);
    }

    /** Each has its half, and the one of the lower has rounds without a break behind it. */
    void halve(ShardKeeper lower, ShardKeeper upper) throws Exception {
        lower.want(LOWER);
        upper.want(UPPER);
        round(upper);
        steady(lower);
    }

    void unseenForAnHour(ShardKeeper keeper) throws Exception {
        execute(
                "update probe_node set seen_at = now() - interval '1 hour' where node = '"
                        + keeper.node()
                        + "'");
    }

    void execute(String sql) throws Exception {
        Answer.done(database.client().sql(sql).then());
    }

    static void round(ShardKeeper keeper) throws Exception {
        Answer.done(keeper.round());
    }

    static Ownership now(ShardKeeper keeper) throws Exception {
        return Answer.of(keeper.ownership().next());
    }

    static Set<Integer> owned(ShardKeeper keeper) throws Exception {
        return now(keeper).claims().keySet();
    }
}
