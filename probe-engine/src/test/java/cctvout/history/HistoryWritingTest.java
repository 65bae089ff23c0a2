package cctvout.history;

import static cctvout.status.Verdict.HEALTHY;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.status.Measured;
import cctvout.store.Answer;
import cctvout.store.Columns;
import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** When measurements are written: in batches, by itself, at the end, through an outage. */
class HistoryWritingTest extends HistoryRig {

    private static final Duration LONG = Duration.ofSeconds(20);

    /** Each block that writes has a transaction's number of its own. */
    private static final String NUMBERS_GO_UP =
            """
            do $$ begin
                create temporary table given (n int) on commit drop;
                for i in 1 .. 5000 loop
                    begin
                        insert into given values (i);
                    exception when others then raise;
                    end;
                end loop;
            end $$
            """;

    @TempDir static Path folder;

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
    void aBatchThatWasCommittedUnheardIsNotWrittenTwice() throws Exception {
        UnheardCommit unsure = new UnheardCommit(database);
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
    void aBatchThatAServerTookAlongWhenItDiedIsWrittenToItsSuccessor() throws Exception {
        CameraId id = new CameraId("successor");
        Answer.done(database.client().sql(NUMBERS_GO_UP).then());
        try (EmbeddedDatabase behind = EmbeddedDatabase.start(folder)) {
            UnheardCommit servers = new UnheardCommit(database);
            PostgresProbeHistory patient = history(servers, 100, 10);
            patient.record(Measured.status(id, HEALTHY, "OK", at(1)));
            Answer.done(patient.flush());
            assertThat(patient.size()).isEqualTo(1);

            servers.now = behind.database();
            long before = count(behind.database());
            Answer.done(patient.flush());

            assertThat(dropped()).isZero();
            assertThat(patient.size()).isZero();
            assertThat(count(behind.database())).isEqualTo(before + 1);
        }
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
    void whatIsMeasuredDuringAnOutageIsWrittenAfterIt() throws Exception {
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

    private static long count(Database database) throws Exception {
        return Answer.of(
                database.client()
                        .sql("select count(*) as n from measurement")
                        .map(row -> Columns.number(row, "n"))
                        .one());
    }

    private double dropped() {
        return meters.get("cctvout.history.dropped").counter().count();
    }

    /** Of the first commit nothing is heard. */
    private static final class UnheardCommit implements Database {
        private final AtomicBoolean deaf = new AtomicBoolean(true);
        private volatile Database now;

        UnheardCommit(Database first) {
            this.now = first;
        }

        @Override
        public DatabaseClient client() {
            return now.client();
        }

        @Override
        public <T> Mono<T> inTransaction(Mono<T> work) {
            return now.inTransaction(work)
                    .flatMap(
                            value ->
                                    deaf.getAndSet(false)
                                            ? Mono.error(new IllegalStateException("lost"))
                                            : Mono.just(value));
        }

        @Override
        public Mono<Long> copyIn(String sql, Mono<ByteBuf> bytes) {
            return now.copyIn(sql, bytes);
        }

        @Override
        public Flux<String> notifications(String channel) {
            return Flux.never();
        }
    }
}
