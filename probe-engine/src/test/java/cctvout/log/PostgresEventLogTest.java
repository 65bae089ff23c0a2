package cctvout.log;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.log.LogEntry.Draft;
import cctvout.store.Answer;

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
import java.util.stream.IntStream;
import java.util.stream.LongStream;

class PostgresEventLogTest extends EventLogRig {

    @Test
    void numbersFollowOnEachOtherFromOne() throws Exception {
        assertThat(Answer.of(log.head())).isZero();
        assertThat(Answer.of(append(3))).containsExactly(1L, 2L, 3L);
        assertThat(Answer.of(append(2))).containsExactly(4L, 5L);
        assertThat(Answer.of(append(0))).isEmpty();
        assertThat(Answer.of(log.head())).isEqualTo(5);
    }

    @Test
    void anEntryComesBackAsItWasGiven() throws Exception {
        String body = "{\"text\":\"천안 '회선' \\\\ \\u0000 \\n\"}";
        Answer.of(
                database.inTransaction(
                        log.append(
                                List.of(
                                        new Draft(LogEntry.ISSUE, "i-1", null, body, AT),
                                        new Draft(LogEntry.TRANSITION, "c", "c", "{}", AT)))));
        assertThat(Answer.of(log.read(0, ALL, 10)))
                .containsExactly(
                        new LogEntry(1, LogEntry.ISSUE, "i-1", null, body, AT),
                        new LogEntry(2, LogEntry.TRANSITION, "c", "c", "{}", AT));
    }

    @Test
    void readsByTypeAfterANumberUpToALimit() throws Exception {
        Answer.of(append(LogEntry.TRANSITION, 2));
        Answer.of(append(LogEntry.ISSUE, 2));
        Answer.of(append(LogEntry.NOTIFICATION, 2));
        Answer.of(append(LogEntry.TRANSITION, 1));
        assertThat(read(0, Set.of(LogEntry.TRANSITION), 10)).containsExactly(1L, 2L, 7L);
        assertThat(read(1, Set.of(LogEntry.TRANSITION, LogEntry.ISSUE), 2)).containsExactly(2L, 3L);
        assertThat(read(3, ALL, 100)).containsExactly(4L, 5L, 6L, 7L);
        assertThat(read(7, ALL, 100)).isEmpty();
    }

    @Test
    void aReaderWaitsForTheOneThatCommitsLate() throws Exception {
        CountDownLatch numbered = new CountDownLatch(1);
        Sinks.Empty<Void> commit = Sinks.empty();
        var late =
                database.inTransaction(
                                log.append(drafts(LogEntry.ISSUE, 1))
                                        .doOnNext(_ -> numbered.countDown())
                                        .delayUntil(_ -> commit.asMono()))
                        .toFuture();
        assertThat(numbered.await(10, TimeUnit.SECONDS)).isTrue();
        var behind = append(1).toFuture();
        StepVerifier.create(log.follow(0, ALL).map(LogEntry::seq))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(700))
                .then(() -> assertThat(behind).isNotDone())
                .then(commit::tryEmitEmpty)
                .expectNext(1L, 2L)
                .thenCancel()
                .verify(LONG);
        assertThat(late.get(10, TimeUnit.SECONDS)).containsExactly(1L);
        assertThat(behind.get(10, TimeUnit.SECONDS)).containsExactly(2L);
    }

    @Test
    void whatIsRolledBackLeavesNoNumberBehind() throws Exception {
        Answer.of(append(1));
        Mono<List<Long>> failing =
                database.inTransaction(
                        log.append(drafts(LogEntry.ISSUE, 5))
                                .then(Mono.error(new IllegalStateException("no"))));
        StepVerifier.create(failing).expectErrorMessage("no").verify(LONG);
        assertThat(Answer.of(log.head())).isEqualTo(1);
        assertThat(Answer.of(append(1))).containsExactly(2L);
        StepVerifier.create(log.follow(0, ALL).map(LogEntry::seq))
                .expectNext(1L, 2L)
                .thenCancel()
                .verify(LONG);
    }

    @Test
    void manyWritersAndAReaderThatMissesNone() throws Exception {
        Flux<Long> writers =
                Flux.range(0, 150)
                        .flatMap(
                                i ->
                                        database.inTransaction(
                                                        log.append(
                                                                        drafts(
                                                                                LogEntry.ISSUE,
                                                                                1 + i % 3))
                                                                .delayUntil(
                                                                        _ ->
                                                                                Mono.delay(
                                                                                        Duration
                                                                                                .ofMillis(
                                                                                                        i
                                                                                                                % 4)))
                                                                .flatMap(
                                                                        numbers ->
                                                                                i % 5 == 0
                                                                                        ? Mono
                                                                                                .error(
                                                                                                        new IllegalStateException(
                                                                                                                "rolled back"))
                                                                                        : Mono.just(
                                                                                                numbers)))
                                                .onErrorComplete(IllegalStateException.class)
                                                .thenMany(Flux.<Long>empty()),
                                12);
        long entries =
                IntStream.range(0, 150).filter(i -> i % 5 != 0).mapToLong(i -> 1 + i % 3).sum();
        List<Long> seen =
                Answer.of(
                        Flux.merge(log.follow(0, ALL).map(LogEntry::seq), writers)
                                .take(entries)
                                .collectList());
        assertThat(seen)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, entries).boxed().toList());
    }
}
