package cctvout.history;

import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;
import static cctvout.status.Verdict.UNKNOWN;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.camera.Cameras;
import cctvout.camera.PostgresCameraRegistry;
import cctvout.hls.HlsResult;
import cctvout.log.PostgresEventLog;
import cctvout.status.CameraStatus;
import cctvout.status.Measured;
import cctvout.status.PostgresTransitionLog;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.TransitionLog;
import cctvout.store.Answer;
import cctvout.store.Columns;
import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

class PostgresProbeHistoryTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Instant T0 = Instant.now().minusSeconds(60).truncatedTo(ChronoUnit.MICROS);
    private static final CameraId A = new CameraId("a");

    private final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private final Database database = embedded.database();
    private final TransitionLog transitions =
            new PostgresTransitionLog(database, new PostgresEventLog(database));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final PostgresProbeHistory history = history(database, 100_000, 1000);

    @BeforeEach
    void register() throws Exception {
        Answer.of(new PostgresCameraRegistry(database).create(Cameras.camera("a")));
    }

    @AfterEach
    void close() {
        history.stop();
        embedded.close();
    }

    @Test
    void measurementsAreWrittenBesideAVerdictThatStays() throws Exception {
        Answer.of(
                transitions.append(
                        List.of(
                                new StatusTransition(
                                        0, A, UNKNOWN, LINE_FAULT, "CUT", Evidence.NONE, T0))));
        history.record(
                new CameraStatus(
                        A, HEALTHY, "OK", T0, Measured.echo(at(1)), Measured.stream(at(2))));
        Answer.done(history.flush());
        HlsResult stream = withoutZero(Measured.stream(at(2)));
        assertThat(Answer.of(transitions.current(A)))
                .isEqualTo(
                        new CameraStatus(A, LINE_FAULT, "CUT", T0, Measured.echo(at(1)), stream));
        assertThat(checks(100))
                .containsExactly(
                        new CameraStatus(A, HEALTHY, "OK", T0, Measured.echo(at(1)), stream));
    }

    /** PostgreSQL's text cannot hold one. */
    private static HlsResult withoutZero(HlsResult it) {
        return new HlsResult(
                it.status(),
                it.reason(),
                it.httpStatus(),
                it.mediaSequence(),
                it.targetDurationSeconds(),
                it.latencyMs(),
                String.valueOf(it.detail()).replace('\u0000', '\ufffd'),
                it.warnings(),
                null,
                null,
                it.checkedAt());
    }

    @Test
    void whyACameraIsUnknownIsKeptUpToDate() throws Exception {
        history.record(seen(UNKNOWN, "NOT_CHECKED", 1));
        Answer.done(history.flush());
        assertThat(Answer.of(transitions.current(A)).reason()).isEqualTo("NOT_CHECKED");
        history.record(seen(UNKNOWN, "PROBER_OVERLOAD", 2));
        Answer.done(history.flush());
        CameraStatus now = Answer.of(transitions.current(A));
        assertThat(now.verdict()).isEqualTo(UNKNOWN);
        assertThat(now.reason()).isEqualTo("PROBER_OVERLOAD");
        assertThat(now.icmp()).isEqualTo(Measured.echo(at(2)));
    }

    @Test
    void ofSeveralInABatchTheLastIsTheLatest() throws Exception {
        for (int i = 1; i <= 5; i++) {
            history.record(seen(HEALTHY, "OK", i));
        }
        Answer.done(history.flush());
        assertThat(Answer.of(transitions.current(A)).icmp()).isEqualTo(Measured.echo(at(5)));
        assertThat(checks(100)).hasSize(5);
    }

    @Test
    void theSameCheckTwiceIsWrittenOnce() throws Exception {
        history.record(seen(HEALTHY, "OK", 1));
        history.record(seen(HEALTHY, "OK", 1));
        Answer.done(history.flush());
        history.record(seen(HEALTHY, "OK", 1));
        Answer.done(history.flush());
        assertThat(checks(100)).hasSize(1);
        assertThat(history.size()).isZero();
    }

    @Test
    void whatWasNotMeasuredIsNotWritten() throws Exception {
        history.record(new CameraStatus(A, UNKNOWN, "NOT_CHECKED", T0, null, null));
        Answer.done(history.flush());
        assertThat(checks(100)).isEmpty();
        assertThat(history.size()).isZero();
    }

    @Test
    void pastTheBoundTheyAreThinnedAndCounted() throws Exception {
        PostgresProbeHistory small = history(database, 4, 2);
        for (int i = 1; i <= 5; i++) {
            small.record(seen(HEALTHY, "OK", i));
        }
        assertThat(small.size()).isEqualTo(3);
        assertThat(dropped()).isEqualTo(2);
        Answer.done(small.flush());
        assertThat(small.size()).isZero();
        assertThat(checks(100))
                .containsExactly(
                        seen(HEALTHY, "OK", 5), seen(HEALTHY, "OK", 3), seen(HEALTHY, "OK", 1));
    }

    @Test
    void checksAreNewestFirstWithinTheSpanUpToTheLimit() throws Exception {
        for (int i : List.of(3, 1, 5, 2, 4)) {
            history.record(seen(HEALTHY, "OK " + i, i));
        }
        history.record(Measured.status(new CameraId("b"), HEALTHY, "another", at(3)));
        Answer.done(history.flush());
        assertThat(reasons(at(2), at(4), 100)).containsExactly("OK 4", "OK 3", "OK 2");
        assertThat(reasons(at(0), at(9), 2)).containsExactly("OK 5", "OK 4");
        assertThat(reasons(at(6), at(9), 2)).isEmpty();
    }

    @Test
    void daysThatWereKeptLongEnoughAreRemovedAsAWhole() throws Exception {
        Instant old = Instant.now().minus(Duration.ofDays(40));
        LocalDate day = LocalDate.ofInstant(old, ZoneOffset.UTC);
        Answer.done(
                database.client()
                        .sql("select add_measurement_day(:day)")
                        .bind("day", day)
                        .fetch()
                        .first());
        history.record(Measured.status(A, HEALTHY, "OK", old));
        history.record(Measured.status(A, HEALTHY, "OK", old.minus(Duration.ofDays(60))));
        history.record(seen(HEALTHY, "OK", 1));
        Answer.done(history.flush());
        assertThat(count()).isEqualTo(3);
        Answer.done(history.upkeep());
        assertThat(count()).isEqualTo(1);
        assertThat(checks(100)).hasSize(1);
        assertThat(days()).contains("measurement_default").hasSizeGreaterThanOrEqualTo(4);
        assertThat(days()).doesNotContain("measurement_" + day.toString().replace("-", ""));
    }

    @Test
    void whatWasMeasuredOnADayThatIsNotThereYetIsKeptAndMovesIntoIt() throws Exception {
        Instant later = Instant.now().plus(Duration.ofDays(20)).truncatedTo(ChronoUnit.MICROS);
        history.record(Measured.status(A, HEALTHY, "OK", later));
        Answer.done(history.flush());
        assertThat(count("measurement_default")).isEqualTo(1);
        Answer.done(
                database.client()
                        .sql("select add_measurement_day(:day)")
                        .bind("day", LocalDate.ofInstant(later, ZoneOffset.UTC))
                        .fetch()
                        .first());
        assertThat(count("measurement_default")).isZero();
        assertThat(Answer.of(history.checks(A, later.minusSeconds(1), later.plusSeconds(1), 10)))
                .containsExactly(Measured.status(A, HEALTHY, "OK", later));
    }

    @Test
    void aBatchThatWasCommittedUnheardIsNotWrittenTwice() throws Exception {
        AtomicBoolean deaf = new AtomicBoolean(true);
        Database unsure =
                new Database() {
                    @Override
                    public DatabaseClient client() {
                        return database.client();
                    }

                    @Override
                    public <T> Mono<T> inTransaction(Mono<T> work) {
                        return database.inTransaction(work)
                                .flatMap(
                                        value ->
                                                deaf.getAndSet(false)
                                                        ? Mono.error(
                                                                new IllegalStateException(
                                                                        "connection lost"))
                                                        : Mono.just(value));
                    }

                    @Override
                    public Mono<Long> copyIn(String sql, Mono<ByteBuf> bytes) {
                        return database.copyIn(sql, bytes);
                    }

                    @Override
                    public Flux<String> notifications(String channel) {
                        return Flux.never();
                    }
                };
        PostgresProbeHistory patient = history(unsure, 100, 10);
        patient.record(seen(HEALTHY, "OK", 1));
        Answer.done(patient.flush());
        assertThat(patient.size()).isEqualTo(1);
        assertThat(count()).isEqualTo(1);
        patient.record(seen(HEALTHY, "OK", 2));
        Answer.done(patient.flush());
        assertThat(patient.size()).isZero();
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void manyAreWrittenInBatches() throws Exception {
        for (int i = 0; i < 3500; i++) {
            history.record(Measured.status(new CameraId("c" + i), HEALTHY, "OK", at(i % 7)));
        }
        Answer.done(history.flush());
        assertThat(history.size()).isZero();
        assertThat(count()).isEqualTo(3500);
    }

    @Test
    void onceStartedItWritesByItself() {
        history.start();
        assertThat(history.isRunning()).isTrue();
        history.record(seen(HEALTHY, "OK", 1));
        StepVerifier.create(
                        Flux.interval(Duration.ofMillis(50))
                                .onBackpressureDrop()
                                .concatMap(_ -> history.checks(A, at(0), at(9), 10), 1)
                                .filter(found -> !found.isEmpty())
                                .next())
                .expectNextCount(1)
                .expectComplete()
                .verify(LONG);
    }

    @Test
    void theLastAreWrittenWhenItStops() throws Exception {
        history.start();
        for (int i = 1; i <= 5; i++) {
            history.record(seen(HEALTHY, "OK", i));
        }
        CountDownLatch stopped = new CountDownLatch(1);
        history.stop(stopped::countDown);
        assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(history.isRunning()).isFalse();
        assertThat(checks(100)).hasSize(5);
    }

    @Test
    void aBatchThatIsBeingWrittenIsWaitedForWhenItStops() throws Exception {
        for (int round = 0; round < 20; round++) {
            PostgresProbeHistory one =
                    new PostgresProbeHistory(
                            database,
                            HistorySettings.of(1000, 1000, Duration.ofMillis(1)),
                            new SimpleMeterRegistry());
            CameraId id = new CameraId("r" + round);
            one.start();
            one.record(Measured.status(id, HEALTHY, "OK", at(1)));
            Answer.done(Mono.delay(Duration.ofMillis(round % 7)));
            CountDownLatch stopped = new CountDownLatch(1);
            one.stop(stopped::countDown);
            assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(Answer.of(history.checks(id, at(0), at(9), 10))).hasSize(1);
        }
    }

    @Test
    void whatIsMeasuredDuringAnOutageIsWrittenAfterIt(@TempDir Path folder) throws Exception {
        try (EmbeddedDatabase own = EmbeddedDatabase.start(folder)) {
            PostgresProbeHistory patient = history(own.database(), 4, 2);
            patient.record(seen(HEALTHY, "OK", 1));
            Answer.done(patient.flush());

            own.stopServer();
            for (int i = 2; i <= 5; i++) {
                patient.record(seen(HEALTHY, "OK", i));
            }
            Answer.done(patient.flush());
            Answer.done(patient.flush());
            assertThat(patient.size()).isEqualTo(4);
            for (int i = 6; i <= 8; i++) {
                patient.record(seen(HEALTHY, "OK", i));
            }
            assertThat(dropped()).isEqualTo(2);
            own.startServer();

            Mono<Long> written =
                    Mono.defer(patient::flush)
                            .repeat(() -> patient.size() > 0)
                            .then()
                            .thenReturn(1L);
            Answer.of(written);
            assertThat(Answer.of(patient.checks(A, at(0), at(9), 10)))
                    .extracting(status -> status.icmp())
                    .containsExactly(
                            Measured.echo(at(8)),
                            Measured.echo(at(6)),
                            Measured.echo(at(4)),
                            Measured.echo(at(3)),
                            Measured.echo(at(2)),
                            Measured.echo(at(1)));
        }
    }

    private PostgresProbeHistory history(Database on, int buffer, int batch) {
        return new PostgresProbeHistory(
                on, HistorySettings.of(buffer, batch, Duration.ofMillis(100)), meters);
    }

    private double dropped() {
        return meters.get("cctvout.history.dropped").counter().count();
    }

    private long count() throws Exception {
        return count("measurement");
    }

    private long count(String table) throws Exception {
        return Answer.of(
                database.client()
                        .sql("select count(*) as n from " + table)
                        .map(row -> Columns.number(row, "n"))
                        .one());
    }

    private List<String> days() throws Exception {
        return Answer.of(
                database.client()
                        .sql(
                                "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'measurement'::regclass")
                        .map(row -> Columns.text(row, "name"))
                        .all()
                        .collectList());
    }

    private List<CameraStatus> checks(int limit) throws Exception {
        return Answer.of(history.checks(A, at(-60), at(60), limit));
    }

    private List<String> reasons(Instant from, Instant to, int limit) throws Exception {
        return Answer.of(history.checks(A, from, to, limit)).stream()
                .map(CameraStatus::reason)
                .toList();
    }

    private static CameraStatus seen(cctvout.status.Verdict verdict, String reason, int second) {
        return new CameraStatus(A, verdict, reason, T0, Measured.echo(at(second)), null);
    }

    private static Instant at(int second) {
        return T0.plusSeconds(second);
    }
}
