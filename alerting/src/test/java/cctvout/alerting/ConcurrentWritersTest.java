package cctvout.alerting;

import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.log.LogEntry;
import cctvout.status.StatusTransition;
import cctvout.status.Verdict;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DuplicateKeyException;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** I2 and I6 where several write at once. */
class ConcurrentWritersTest {

    private static final int WRITERS = 12;
    private static final int ROUNDS = 240;

    private final Bench bench = new Bench();

    @BeforeEach
    void cameras() {
        bench.camera("C-1", "L-1", "한빛");
        bench.camera("C-2", "L-2", "한빛");
        bench.recipient("line", LINE_OPERATOR, List.of(), bench.webhook("/line"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void ofManyWhoOpenAnIssueOfACameraAtOnceOneDoesWhoeverElseClosesIt() {
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();
        AtomicLong seq = new AtomicLong();
        Flux<Long> writers =
                Flux.range(0, ROUNDS)
                        .flatMap(
                                i ->
                                        i % 4 == 0
                                                ? close(i).doOnNext(
                                                                n -> closed.addAndGet(n.intValue()))
                                                : open(i, seq.incrementAndGet())
                                                        .doOnNext(_ -> opened.incrementAndGet())
                                                        .onErrorResume(
                                                                DuplicateKeyException.class,
                                                                _ -> {
                                                                    refused.incrementAndGet();
                                                                    return Mono.just(0L);
                                                                }),
                                WRITERS);
        long most = Bench.get(writers.flatMap(_ -> mostUnresolved(), 1).reduce(0L, Math::max));
        assertThat(most).as("unresolved issues of one camera").isEqualTo(1);
        assertThat(refused).as("refused").hasPositiveValue();
        assertThat(bench.count("issue")).isEqualTo(opened.get());
        assertThat(bench.count("issue where status in ('OPEN', 'IN_PROGRESS')"))
                .isEqualTo(opened.get() - closed.get());
    }

    private Mono<Long> open(int i, long seq) {
        return bench.database.inTransaction(
                bench.database
                        .client()
                        .sql(
                                "insert into issue (id, camera_id, kind, status, severity,"
                                        + " opened_at, reason, evidence, timeline, opened_seq) values"
                                        + " (:id, :camera, 'LINE', :status, 'MAJOR', now(), 'r', '{}',"
                                        + " '[]', :seq)")
                        .bind("id", "i-" + i)
                        .bind("camera", "C-" + (1 + i % 2))
                        .bind("status", i % 3 == 0 ? "IN_PROGRESS" : "OPEN")
                        .bind("seq", seq)
                        .fetch()
                        .rowsUpdated());
    }

    private Mono<Long> close(int i) {
        return bench.database.inTransaction(
                bench.database
                        .client()
                        .sql(
                                "update issue set status = 'RESOLVED' where camera_id = :camera"
                                        + " and status in ('OPEN', 'IN_PROGRESS')")
                        .bind("camera", "C-" + (1 + i / 4 % 2))
                        .fetch()
                        .rowsUpdated());
    }

    private Mono<Long> mostUnresolved() {
        return number(
                "select coalesce(max(n), 0) as n from (select count(*) as n from issue"
                        + " where status in ('OPEN', 'IN_PROGRESS') group by camera_id) c");
    }

    private Mono<Long> number(String query) {
        return bench.database
                .client()
                .sql(query)
                .map(row -> Objects.requireNonNull(row.get("n", Long.class)))
                .one();
    }

    @Test
    void alertingPassesNobodyByWhoHasANumberAndCommitsLate() throws Exception {
        bench.turns("C-1", LINE_FAULT, HEALTHY);
        bench.turns("C-2", LINE_FAULT, HEALTHY);
        assertThat(bench.consume()).isEqualTo(2);
        Sinks.Empty<Void> commit = Sinks.empty();
        CountDownLatch numbered = new CountDownLatch(1);
        CompletableFuture<?> late =
                bench.database
                        .inTransaction(
                                bench.transitions
                                        .append(List.of(transition("C-1", HEALTHY, LINE_FAULT)))
                                        .doOnNext(_ -> numbered.countDown())
                                        .delayUntil(_ -> commit.asMono()))
                        .toFuture();
        assertThat(numbered.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<?> behind =
                bench.transitions
                        .append(List.of(transition("C-2", HEALTHY, LINE_FAULT)))
                        .toFuture();
        CompletableFuture<?> other =
                bench.database
                        .inTransaction(
                                bench.events.append(
                                        List.of(
                                                new LogEntry.Draft(
                                                        LogEntry.ISSUE,
                                                        "i",
                                                        null,
                                                        "{}",
                                                        Instant.now()))))
                        .toFuture();
        assertThat(bench.consume()).as("nothing is to be seen yet").isZero();
        assertThat(bench.consume()).isZero();
        assertThat(behind).isNotDone();
        assertThat(other).isNotDone();

        commit.tryEmitEmpty();
        late.get(20, TimeUnit.SECONDS);
        behind.get(20, TimeUnit.SECONDS);
        other.get(20, TimeUnit.SECONDS);
        bench.start();
        bench.until(all -> all.size() == 2);
        assertThat(bench.issues())
                .extracting(issue -> issue.cameraId().value())
                .containsExactlyInAnyOrder("C-1", "C-2");
    }

    @Test
    void eachCamerasFaultsAreHandledInTheirOrderWhileManyWrite() {
        int flips = 20;
        bench.start();
        Bench.get(
                Flux.just("C-1", "C-2")
                        .flatMap(camera -> Flux.range(0, flips).concatMap(i -> flip(camera, i)))
                        .mergeWith(Flux.range(0, 60).flatMap(this::somethingElse, 4))
                        .then(Mono.just(true)));
        Bench.get(
                Flux.interval(Duration.ofMillis(20))
                        .onBackpressureDrop()
                        .concatMap(_ -> resolved(), 1)
                        .filter(all -> all == flips)
                        .next());
        for (String camera : List.of("C-1", "C-2")) {
            List<Issue> its =
                    bench.issues().reversed().stream()
                            .filter(issue -> issue.cameraId().value().equals(camera))
                            .toList();
            assertThat(its).hasSize(flips / 2);
            assertThat(its).extracting(Issue::openedSeq).isSorted();
            assertThat(its)
                    .allMatch(one -> one.endedSeq() != null && one.endedSeq() > one.openedSeq());
        }
    }

    private Mono<Long> resolved() {
        return number("select count(*) as n from issue where status = 'RESOLVED'");
    }

    private Mono<Boolean> flip(String camera, int i) {
        Verdict from = i == 0 ? Verdict.UNKNOWN : i % 2 == 0 ? HEALTHY : LINE_FAULT;
        Verdict to = i % 2 == 0 ? LINE_FAULT : HEALTHY;
        return bench.transitions
                .append(List.of(transition(camera, from, to)))
                .map(stored -> stored.size() == 1)
                .filter(taken -> taken)
                .switchIfEmpty(Mono.error(new IllegalStateException("refused: " + camera + i)));
    }

    private Mono<Boolean> somethingElse(int i) {
        return bench.database.inTransaction(
                bench.events
                        .append(
                                List.of(
                                        new LogEntry.Draft(
                                                LogEntry.ISSUE,
                                                "x" + i,
                                                null,
                                                "{}",
                                                Instant.now())))
                        .delayElement(Duration.ofMillis(i % 5))
                        .thenReturn(true));
    }

    private static StatusTransition transition(String camera, Verdict from, Verdict to) {
        return new StatusTransition(
                0,
                new CameraId(camera),
                from,
                to,
                "ICMP_TIMEOUT",
                new StatusTransition.Evidence(null, null),
                Instant.now());
    }
}
