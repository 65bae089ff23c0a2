package cctvout.relay;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.camera.Cameras;
import cctvout.camera.PostgresCameraRegistry;
import cctvout.cluster.ClusterSettings;
import cctvout.cluster.Shard;
import cctvout.cluster.ShardKeeper;
import cctvout.engine.EngineBusyException;
import cctvout.engine.EngineStatus;
import cctvout.engine.ProbeEngine;
import cctvout.log.PostgresEventLog;
import cctvout.status.CameraStatus;
import cctvout.status.Verdict;
import cctvout.store.Answer;
import cctvout.store.Columns;
import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class RelayTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Instant AT = Instant.parse("2026-05-01T12:34:56.123456Z");
    private static final CameraId A = new CameraId("a");
    private static final CameraStatus SEEN =
            new CameraStatus(A, Verdict.HEALTHY, "ALL_GOOD", AT, null, null);

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final Database database = embedded.database();
    private final Disposable.Composite running = Disposables.composite();

    /** What a process that probes has of it. */
    private final class Prober {
        final Engine engine = new Engine();

        Prober(String node, Set<Integer> shards) throws Exception {
            var cluster = new ClusterSettings(node, "", LONG);
            var keeper = ShardKeeper.of(database, new PostgresEventLog(database), cluster);
            running.add(keeper.run().subscribe());
            keeper.want(shards);
            Answer.of(keeper.ownership().filter(it -> it.claims().keySet().equals(shards)).next());
            running.add(
                    new AskedChecks(database, engine, keeper.node(), settings(64))
                            .run()
                            .subscribe());
            running.add(
                    new ResultRelay(database, engine, keeper.node(), settings(64))
                            .run()
                            .subscribe());
        }
    }

    private static final class Engine implements ProbeEngine {
        final AtomicInteger asked = new AtomicInteger();
        final Sinks.Many<CameraStatus> results = Sinks.many().multicast().directBestEffort();
        final CountDownLatch wanted = new CountDownLatch(1);
        final CountDownLatch left = new CountDownLatch(1);
        volatile Mono<CameraStatus> answer = Mono.just(SEEN);

        @Override
        public Mono<CameraStatus> check(CameraId id) {
            return Mono.defer(
                    () -> {
                        asked.incrementAndGet();
                        return answer;
                    });
        }

        @Override
        public Optional<CameraStatus> status(CameraId id) {
            return Optional.empty();
        }

        @Override
        public Flux<CameraStatus> results() {
            return results.asFlux()
                    .doOnSubscribe(_ -> wanted.countDown())
                    .doOnCancel(left::countDown);
        }

        @Override
        public EngineStatus status() {
            return EngineStatus.absent("no probing in this test");
        }
    }

    private static RelaySettings settings(int checks) {
        return settings(checks, Duration.ofSeconds(60));
    }

    private static RelaySettings settings(int checks, Duration takenWithin) {
        return new RelaySettings(checks, takenWithin, LONG, Duration.ofMillis(100), 1000, 1000);
    }

    @BeforeEach
    void register() throws Exception {
        Answer.of(new PostgresCameraRegistry(database).saveAll(List.of(Cameras.camera(A.value()))));
    }

    @AfterEach
    void close() {
        running.dispose();
        embedded.close();
    }

    @Test
    void aCheckIsMadeByTheProcessThatProbesTheCameraAndByNoOther() throws Exception {
        Prober other = new Prober("other", without(Shard.of(A)));
        Prober owner = new Prober("owner", Set.of(Shard.of(A)));
        var far = new FarChecks(database, settings(64));

        assertThat(Answer.of(far.check(A))).isEqualTo(SEEN);
        assertThat(Answer.of(far.check(A))).isEqualTo(SEEN);

        assertThat(owner.engine.asked).hasValue(2);
        assertThat(other.engine.asked).hasValue(0);
        assertThat(leftBehind()).isZero();
    }

    @Test
    void whereNobodyProbesTheCameraTheErrorSaysSo() throws Exception {
        new Prober("other", without(Shard.of(A)));
        var far = new FarChecks(database, settings(64, Duration.ofMillis(500)));

        StepVerifier.create(far.check(A))
                .expectErrorSatisfies(
                        error ->
                                assertThat(error)
                                        .isInstanceOf(NobodyProbesException.class)
                                        .hasMessageContaining("camera a")
                                        .hasMessageContaining("cctvout.relay.taken-within"))
                .verify(LONG);
        assertThat(leftBehind()).isZero();
    }

    @Test
    void aProberThatComesLaterIsAskedToo() throws Exception {
        var far = new FarChecks(database, settings(64));
        var answer = far.check(A).toFuture();
        while (leftBehind() == 0) {
            assertThat(answer).isNotDone();
        }

        new Prober("owner", Shard.ALL);

        assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(SEEN);
    }

    @Test
    void aCameraThatIsNotWatchedThereHasNoStatus() throws Exception {
        new Prober("owner", Shard.ALL).engine.answer = Mono.empty();

        StepVerifier.create(new FarChecks(database, settings(64)).check(A))
                .expectComplete()
                .verify(LONG);
    }

    @Test
    void pastAnEnginesLimitAndPastItsOwnTheErrorNamesTheSetting() throws Exception {
        Prober owner = new Prober("owner", Shard.ALL);
        owner.engine.answer = Mono.error(new EngineBusyException(3));
        var far = new FarChecks(database, settings(1));

        StepVerifier.create(far.check(A))
                .expectErrorSatisfies(
                        error ->
                                assertThat(error)
                                        .isInstanceOf(RelayBusyException.class)
                                        .hasMessageContaining("cctvout.probe.asked-checks: 3"))
                .verify(LONG);

        owner.engine.answer = Mono.never();
        running.add(far.check(A).subscribe());
        StepVerifier.create(far.check(A))
                .expectErrorSatisfies(
                        error ->
                                assertThat(error)
                                        .isInstanceOf(RelayBusyException.class)
                                        .hasMessageContaining("cctvout.relay.checks: 1"))
                .verify(LONG);
    }

    @Test
    void resultsOfOthersComeWhileSomebodyLooksAndAreNotWrittenOtherwise() throws Exception {
        Prober prober = new Prober("owner", Shard.ALL);
        running.add(
                Flux.interval(Duration.ofMillis(20))
                        .onBackpressureDrop()
                        .subscribe(_ -> prober.engine.results.tryEmitNext(SEEN)));
        assertThat(prober.engine.wanted.getCount()).isEqualTo(1);

        assertThat(Answer.of(new FarResults(database, "").results().take(2).last()))
                .isEqualTo(SEEN);
        assertThat(prober.engine.wanted.getCount()).isZero();
        assertThat(prober.engine.left.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aProcessDoesNotReadItsOwnResults() throws Exception {
        var table = new ResultTable(database);
        Answer.done(table.write("own", List.of(SEEN)));
        Answer.done(table.write("other", List.of(SEEN, SEEN)));

        assertThat(Answer.of(table.read(0, Set.of(), "own")))
                .extracting(batch -> batch.results().size())
                .containsExactly(2);
    }

    private long leftBehind() throws Exception {
        return Answer.of(
                database.client()
                        .sql("select count(*) as n from far_check")
                        .map(row -> Columns.number(row, "n"))
                        .one());
    }

    private static Set<Integer> without(int shard) {
        var others = new java.util.HashSet<>(Shard.ALL);
        others.remove(shard);
        return others;
    }

    @Test
    void whoLooksAtItsOwnResultsAsksOnlyOthersForTheirs() {
        running.add(new FarResults(database, "one").results().subscribe());
        var table = new ResultTable(database);
        StepVerifier.create(
                        Mono.defer(() -> table.wanted("two"))
                                .repeat()
                                .filter(Duration::isPositive)
                                .next()
                                .then(table.wanted("one")))
                .assertNext(wanted -> assertThat(wanted.isPositive()).isFalse())
                .expectComplete()
                .verify(LONG);
    }
}
