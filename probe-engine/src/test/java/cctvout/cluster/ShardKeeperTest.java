package cctvout.cluster;

import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;
import static cctvout.status.Verdict.UNKNOWN;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cctvout.camera.Camera;
import cctvout.camera.CameraChange;
import cctvout.camera.CameraId;
import cctvout.camera.Cameras;
import cctvout.camera.PostgresCameraRegistry;
import cctvout.history.HistorySettings;
import cctvout.history.PostgresProbeHistory;
import cctvout.log.PostgresEventLog;
import cctvout.status.CameraStatus;
import cctvout.status.Measured;
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
import org.junit.jupiter.api.Test;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class ShardKeeperTest {
    private static final Instant AT = Instant.parse("2026-05-01T12:34:56Z");
    private static final Duration TAKEOVER = Duration.ofMinutes(10);
    private static final Duration SILENCE = new ClusterSettings("", "", TAKEOVER).silence();
    private static final Set<Integer> LOWER =
            IntStream.range(0, 128).boxed().collect(Collectors.toSet());
    private static final Set<Integer> UPPER =
            IntStream.range(128, 256).boxed().collect(Collectors.toSet());

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final Database database = embedded.database();
    private final PostgresEventLog events = new PostgresEventLog(database);
    private final PostgresCameraRegistry registry = new PostgresCameraRegistry(database);
    private final AtomicLong nanos = new AtomicLong();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StaleWrites stale = new StaleWrites(meters);
    private final PostgresTransitionLog log = new PostgresTransitionLog(database, events, stale);

    @AfterEach
    void close() {
        embedded.close();
    }

    @Test
    void theDatabaseAndTheProcessAgreeOnACamerasShard() throws Exception {
        Answer.of(registry.saveAll(Cameras.many(500)));
        Ownership lower = new Ownership("", Set.of(), Ownership.everything().claims());
        List<CameraChange> found = Answer.of(registry.changesSoFar(lower.part(LOWER), 0));
        assertThat(found).hasSizeBetween(150, 350);
        assertThat(found).allMatch(change -> LOWER.contains(Shard.of(change.id())));
        assertThat(Answer.of(registry.changesSoFar(lower.part(UPPER), 0)))
                .hasSize(500 - found.size());
    }

    @Test
    void whatAnotherTakesIsNoLongerMine() throws Exception {
        ShardKeeper a = keeper("a", "");
        ShardKeeper b = keeper("b", "");
        a.want(Shard.ALL);
        round(a);
        assertThat(owned(a)).hasSize(256);

        b.want(UPPER);
        round(b);
        round(a);

        assertThat(owned(b)).isEqualTo(UPPER);
        assertThat(owned(a)).isEqualTo(LOWER);
        round(a);
        assertThat(owned(a)).as("not taken back while b lives").isEqualTo(LOWER);

        b.want(Set.of());
        round(b);
        round(a);
        assertThat(owned(a)).as("b let go of them").hasSize(256);
    }

    @Test
    void whatIsWantedNoLongerIsLetGoOfAtOnce() throws Exception {
        ShardKeeper a = keeper("a", "");
        a.want(Shard.ALL);
        round(a);
        a.want(LOWER);
        assertThat(owned(a)).isEqualTo(LOWER);
    }

    @Test
    void whatIsFreeIsADeadNodesOrNobodys() throws Exception {
        ShardKeeper a = keeper("a", "");
        ShardKeeper b = keeper("b", "");
        a.want(LOWER);
        round(a);

        b.wantWhatIsFree();
        round(b);
        assertThat(owned(b)).isEqualTo(UPPER);

        unseenForAnHour(a);
        steady(b);
        assertThat(owned(b)).hasSize(256);
        round(a);
        assertThat(owned(a)).isEmpty();
    }

    @Test
    void oneThatFreezesWhileItAppendsHoldsNoTakerUp() throws Exception {
        Disposable frozen =
                database.inTransaction(events.reserve(0).then(Mono.never())).subscribe();
        Mono<Integer> standsStill =
                database.client()
                        .sql(
                                """
                                select 1 as one from pg_stat_activity
                                where state = 'idle in transaction' and datname = current_database()
                                    and query like 'update log_head%'
                                """)
                        .map(row -> Columns.required(row, "one", Integer.class))
                        .first();
        Answer.of(standsStill.repeatWhenEmpty(Flux::repeat));
        ShardKeeper a = keeper("a", "");
        a.want(Shard.ALL);
        round(a);
        assertThat(owned(a)).hasSize(256);
        frozen.dispose();
    }

    @Test
    void whenTheDatabaseIsBackNobodyIsTakenForDeadYet() throws Exception {
        ShardKeeper a = keeper("a", "");
        ShardKeeper b = keeper("b", "");
        a.want(LOWER);
        b.want(UPPER);
        round(b);
        steady(a);
        a.wantWhatIsFree();

        unseenForAnHour(b);
        execute("alter table probe_node rename to away");
        assertThatThrownBy(() -> round(a)).isNotNull();
        execute("alter table away rename to probe_node");
        round(a);
        assertThat(owned(a)).as("b could not say that it lives").isEqualTo(LOWER);
        round(b);
        assertThat(owned(b)).isEqualTo(UPPER);

        unseenForAnHour(b);
        steady(a);
        assertThat(owned(a)).as("b had time to say so").hasSize(256);
    }

    @Test
    void aRoundThatTookTooLongIsABreakToo() throws Exception {
        ShardKeeper a = keeper("a", "");
        ShardKeeper b = keeper("b", "");
        a.want(LOWER);
        b.want(UPPER);
        round(b);
        steady(a);
        a.wantWhatIsFree();

        unseenForAnHour(b);
        nanos.addAndGet(SILENCE.plusSeconds(1).toNanos());
        round(a);
        round(a);
        assertThat(owned(a)).isEqualTo(LOWER);
    }

    @Test
    void whoHasLostTheDatabaseForLongKnowsThat() throws Exception {
        ShardKeeper a = keeper("a", "");
        assertThat(a.isInTouch()).isFalse();
        round(a);
        assertThat(a.isInTouch()).isTrue();
        nanos.addAndGet(TAKEOVER.plusSeconds(1).toNanos());
        assertThat(a.isInTouch()).isFalse();
    }

    @Test
    void whatWasAskedForInVainIsNotTakenAfterwards() throws Exception {
        ShardKeeper a = keeper("a", "");
        a.want(LOWER);
        round(a);
        a.want(Shard.ALL);
        a.wantNoMore();
        round(a);
        assertThat(owned(a)).isEqualTo(LOWER);
    }

    @Test
    void twoThatWereGivenTheSameNameDoNotTakeEachOtherForThemselves() throws Exception {
        ShardKeeper one = keeper("same", "");
        ShardKeeper other = keeper("same", "");
        one.want(LOWER);
        other.want(UPPER);
        round(one);
        round(other);
        Map<Integer, Claim> ones = now(one).claims();
        Map<Integer, Claim> others = now(other).claims();
        assertThat(ones).containsOnlyKeys(LOWER);
        assertThat(others).containsOnlyKeys(UPPER);
        round(one);
        round(other);
        assertThat(now(one).claims()).as("never lost, under the same epochs").isEqualTo(ones);
        assertThat(now(other).claims()).isEqualTo(others);
        assertThat(one.node()).startsWith("same-");
    }

    @Test
    void aStaleOwnersTransitionIsRefusedAndCounted() throws Exception {
        Answer.of(registry.saveAll(List.of(Cameras.camera("a"))));
        Claim old = claimOf("a", keeper("one", ""));
        assertThat(append(old, UNKNOWN, HEALTHY)).hasSize(1);
        Claim next = claimOf("a", keeper("two", ""));
        assertThat(next.epoch()).isGreaterThan(old.epoch());

        assertThat(append(old, HEALTHY, LINE_FAULT)).isEmpty();
        assertThat(refused("transition")).isEqualTo(1);
        assertThat(append(next, HEALTHY, LINE_FAULT)).hasSize(1);
        assertThat(append(next, HEALTHY, LINE_FAULT)).as("double probing").isEmpty();
        assertThat(refused("transition")).as("no stale one").isEqualTo(1);
    }

    @Test
    void aStaleOwnersChecksAreRefusedAndCounted() throws Exception {
        Answer.of(registry.saveAll(List.of(Cameras.camera("a"))));
        CameraId id = new CameraId("a");
        Claim old = claimOf("a", keeper("one", ""));
        Claim next = claimOf("a", keeper("two", ""));
        var history = new PostgresProbeHistory(database, HistorySettings.standard(), stale, meters);
        history.start();
        history.record(Measured.status(id, HEALTHY, "OK", AT), old);
        history.record(Measured.status(id, HEALTHY, "OK", AT.plusSeconds(1)), old);
        history.record(Measured.status(id, HEALTHY, "OK", AT.plusSeconds(2)), next);
        Answer.done(Mono.create(done -> history.stop(done::success)));

        List<CameraStatus> kept = Answer.of(history.checks(id, AT, AT.plusSeconds(9), 10));
        assertThat(kept).hasSize(1);
        assertThat(refused("check")).isEqualTo(2);
    }

    @Test
    void aZoneWithItsOwnProberIsProbedByThatOneAlone() throws Exception {
        Camera inside = Cameras.camera("inside");
        Camera zoned = zoned(inside, "north");
        Answer.of(registry.saveAll(List.of(zoned, Cameras.camera("outside"))));
        ShardKeeper outer = keeper("outer", "");
        outer.want(Shard.ALL);
        round(outer);
        assertThat(seenBy(outer)).as("nobody is in that zone").contains("inside", "outside");

        ShardKeeper inner = keeper("inner", "north");
        inner.want(Shard.ALL);
        round(inner);
        round(outer);
        assertThat(seenBy(inner)).containsExactly("inside");
        assertThat(seenBy(outer)).containsExactly("outside");
        assertThat(now(outer).of(zoned)).isNull();
        assertThat(now(inner).of(zoned)).isNotNull();

        Claim outers = new Claim("", Shard.of(zoned.id()), epoch("", zoned.id()));
        Claim inners = new Claim("north", Shard.of(zoned.id()), epoch("north", zoned.id()));
        assertThat(append(zoned.id(), outers, UNKNOWN, LINE_FAULT)).isEmpty();
        assertThat(append(zoned.id(), inners, UNKNOWN, HEALTHY)).hasSize(1);
    }

    private List<String> seenBy(ShardKeeper keeper) throws Exception {
        return Answer.of(registry.changesSoFar(now(keeper).part(owned(keeper)), 0)).stream()
                .map(change -> change.id().value())
                .sorted()
                .toList();
    }

    private static Camera zoned(Camera c, String zone) {
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

    private long epoch(String zone, CameraId id) throws Exception {
        return Answer.of(
                database.client()
                        .sql("select epoch from probe_shard where zone = :zone and shard = :shard")
                        .bind("zone", zone)
                        .bind("shard", Shard.of(id))
                        .map(row -> Columns.number(row, "epoch"))
                        .one());
    }

    private Claim claimOf(String camera, ShardKeeper keeper) throws Exception {
        keeper.want(Shard.ALL);
        round(keeper);
        return Objects.requireNonNull(now(keeper).claims().get(Shard.of(new CameraId(camera))));
    }

    private List<StatusTransition> append(Claim claim, Verdict from, Verdict to) throws Exception {
        return append(new CameraId("a"), claim, from, to);
    }

    private List<StatusTransition> append(CameraId id, Claim claim, Verdict from, Verdict to)
            throws Exception {
        var transition = new StatusTransition(0, id, from, to, "R", Evidence.NONE, AT);
        return Answer.of(log.appendClaimed(List.of(new Claimed(transition, claim))));
    }

    private double refused(String write) {
        return meters.get("cctvout.cluster.stale.writes").tag("write", write).counter().count();
    }

    private ShardKeeper keeper(String node, String zone) {
        var settings = new ClusterSettings(node, zone, TAKEOVER);
        return new ShardKeeper(
                new PostgresShardTable(database, events),
                settings,
                NodeName.of(settings),
                nanos::get);
    }

    /** Rounds without a break, for longer than one that is silent is waited for. */
    private void steady(ShardKeeper keeper) throws Exception {
        for (int half = 0; half <= 3; half++) {
            round(keeper);
            nanos.addAndGet(SILENCE.dividedBy(2).toNanos());
        }
        round(keeper);
    }

    private void unseenForAnHour(ShardKeeper keeper) throws Exception {
        execute(
                "update probe_node set seen_at = now() - interval '1 hour' where node = '"
                        + keeper.node()
                        + "'");
    }

    private void execute(String sql) throws Exception {
        Answer.done(database.client().sql(sql).then());
    }

    private static void round(ShardKeeper keeper) throws Exception {
        Answer.done(keeper.round());
    }

    private static Ownership now(ShardKeeper keeper) throws Exception {
        return Answer.of(keeper.ownership().next());
    }

    private static Set<Integer> owned(ShardKeeper keeper) throws Exception {
        return now(keeper).claims().keySet();
    }
}
