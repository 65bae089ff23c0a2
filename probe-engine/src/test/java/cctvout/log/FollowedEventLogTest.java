package cctvout.log;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.store.Answer;
import cctvout.store.DeafDatabase;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** Readers that follow the log: from where they are, then live. */
class FollowedEventLogTest extends EventLogRig {

    @Test
    void followsOverSeveralPagesAndThenLive() throws Exception {
        Answer.of(append(2500));
        StepVerifier.create(log.follow(100, ALL).map(LogEntry::seq))
                .expectNextSequence(LongStream.rangeClosed(101, 2500).boxed().toList())
                .then(() -> append(2).subscribe())
                .expectNext(2501L, 2502L)
                .thenCancel()
                .verify(LONG);
    }

    @Test
    void followsOneTypeAlone() throws Exception {
        Answer.of(append(LogEntry.TRANSITION, 3));
        Answer.of(append(LogEntry.ISSUE, 1));
        StepVerifier.create(log.follow(0, Set.of(LogEntry.ISSUE)).map(LogEntry::seq))
                .expectNext(4L)
                .then(
                        () ->
                                append(LogEntry.TRANSITION, 1)
                                        .then(append(LogEntry.ISSUE, 1))
                                        .subscribe())
                .expectNext(6L)
                .thenCancel()
                .verify(LONG);
    }

    @Test
    void whoFollowsARareTypeComesThroughAllTheOthersWithoutGap() throws Exception {
        fill(LogEntry.NOTIFICATION, 1, 50_000);
        fill(LogEntry.ISSUE, 50_001, 51_500);
        fill(LogEntry.NOTIFICATION, 51_501, 90_000);
        StepVerifier.create(log.follow(0, Set.of(LogEntry.ISSUE)).map(LogEntry::seq))
                .expectNextSequence(LongStream.rangeClosed(50_001, 51_500).boxed().toList())
                .then(
                        () ->
                                append(LogEntry.NOTIFICATION, 2)
                                        .then(append(LogEntry.ISSUE, 1))
                                        .subscribe())
                .expectNext(90_003L)
                .thenCancel()
                .verify(LONG);
    }

    @Test
    void whoFollowsOneTypeWaitsForTheOneThatCommitsLate() throws Exception {
        Sinks.One<Boolean> commit = Sinks.one();
        Answer.of(append(LogEntry.NOTIFICATION, 3));
        CountDownLatch appended = new CountDownLatch(1);
        Mono<List<Long>> late =
                database.inTransaction(
                        log.append(drafts(LogEntry.ISSUE, 1))
                                .doOnNext(_ -> appended.countDown())
                                .delayUntil(_ -> commit.asMono()));
        StepVerifier.create(log.follow(0, Set.of(LogEntry.ISSUE)).map(LogEntry::seq))
                .then(
                        () -> {
                            late.subscribe();
                            awaitQuietly(appended);
                            append(LogEntry.ISSUE, 1).subscribe();
                        })
                .expectNoEvent(Duration.ofMillis(700))
                .then(() -> commit.tryEmitValue(true))
                .expectNext(4L, 5L)
                .thenCancel()
                .verify(LONG);
    }

    @Test
    void anAppendIsReadInLessThanAHundredMilliseconds() throws Exception {
        assertThat(latency(log)).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void aReaderWhoseHintsAreLostReadsWithinASecond() throws Exception {
        assertThat(latency(new PostgresEventLog(new DeafDatabase(database))))
                .isLessThan(Duration.ofSeconds(1));
    }

    /** The median from the begin of an append until it is read; the next begins a moment later. */
    private Duration latency(PostgresEventLog reader) throws Exception {
        AtomicLong begun = new AtomicLong();
        Mono<List<Long>> one =
                Mono.delay(Duration.ofMillis(30))
                        .then(
                                Mono.defer(
                                        () -> {
                                            begun.set(System.nanoTime());
                                            return append(1);
                                        }));
        List<Long> took =
                Answer.of(
                        Flux.merge(one.thenMany(Flux.<LogEntry>empty()), reader.follow(0, ALL))
                                .map(_ -> System.nanoTime() - begun.get())
                                .concatMap(nanos -> one.thenReturn(nanos), 1)
                                .take(9)
                                .sort()
                                .collectList());
        return Duration.ofNanos(took.get(4));
    }

    @Test
    void wakeUpsTellTheNewestNumber() {
        StepVerifier.create(log.wakeUps())
                .expectNext(0L)
                .then(() -> append(4).subscribe())
                .expectNext(4L)
                .thenCancel()
                .verify(LONG);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private void fill(String type, long from, long to) throws Exception {
        Answer.done(
                database.client()
                        .sql(
                                """
                                with filled as (
                                    insert into event_log (seq, type, subject, body, at)
                                    select n, :type, 's', '{}', now() from generate_series(:from, :to) n
                                    returning seq)
                                update log_head set seq = (select max(seq) from filled) where name = 'event'
                                """)
                        .bind("type", type)
                        .bind("from", from)
                        .bind("to", to)
                        .then());
    }
}
