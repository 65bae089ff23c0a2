package cctvout.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.log.LogEntry;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Late commits, failures between sending and saving, publishers that take turns. */
class PublishingTroubleTest extends PublishingRig {

    @Test
    void aNumberThatCommitsLateIsPublishedBeforeAnyAboveIt() throws Exception {
        start(ReactorKafkaPublisher::new);
        append(draft("transition", "cam-1", "cam-1", "{}"));
        downstream.await(1);
        var commit = Sinks.<Void>empty();
        var numbered = new CountDownLatch(1);
        CompletableFuture<?> late =
                database.database()
                        .inTransaction(
                                log.append(List.of(draft("issue", "i-1", "cam-1", "{}")))
                                        .doOnNext(_ -> numbered.countDown())
                                        .delayUntil(_ -> commit.asMono()))
                        .toFuture();
        assertThat(numbered.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<?> behind =
                database.database()
                        .inTransaction(log.append(List.of(draft("issue", "i-2", "cam-1", "{}"))))
                        .toFuture();

        assertThat(downstream.quietFor(Duration.ofMillis(500))).hasSize(1);
        assertThat(behind).isNotDone();
        commit.tryEmitEmpty();

        assertThat(ids(downstream.await(3))).containsExactly("1", "2", "3");
        late.get(20, TimeUnit.SECONDS);
        behind.get(20, TimeUnit.SECONDS);
    }

    @Test
    void aFailureRepeatsNoMoreThanWhatWasInFlightUnderTheSameIds() throws Exception {
        int entries = 10 * BATCH;
        appendTransitions(0, entries);
        var pages = new AtomicInteger();
        // confirmed by the broker, and then all is over before the cursor is saved
        start(
                with ->
                        new FailingAtTimes(
                                new ReactorKafkaPublisher(with),
                                () -> pages.incrementAndGet() % 3 == 0 && pages.get() < 8));

        downstream.await("all", all -> byId(all).size() == entries);
        var records = downstream.quietFor(Duration.ofMillis(500));

        assertThat(records.size()).isGreaterThan(entries).isLessThanOrEqualTo(entries + 2 * BATCH);
        Map<String, Set<String>> values =
                records.stream()
                        .collect(
                                Collectors.groupingBy(
                                        r -> header(r, "ce_id"),
                                        Collectors.mapping(
                                                r -> r.key() + r.value(), Collectors.toSet())));
        assertThat(values.values()).allMatch(same -> same.size() == 1);
        List<ConsumerRecord<String, String>> first = new ArrayList<>(byId(records).values());
        inOrderByCamera(first);
    }

    @Test
    void oneOfManyPublishesAndAnotherGoesOnWhenItsConnectionOrItselfIsGone() throws Exception {
        PublishingState one = start(ReactorKafkaPublisher::new);
        appendTransitions(0, 50);
        downstream.await(50);
        PublishingState other = start(ReactorKafkaPublisher::new);
        appendTransitions(50, 50);
        downstream.await(100);
        assertThat(one.isActive()).isTrue();
        assertThat(other.isActive()).isFalse();

        stop(running.getFirst());
        appendTransitions(100, 50);
        downstream.await(150);
        assertThat(other.isActive()).isTrue();
        assertThat(one.isActive()).isFalse();

        get(
                database.database()
                        .client()
                        .sql(
                                """
                                select pg_terminate_backend(pid) from pg_locks
                                where locktype = 'advisory' and database =
                                    (select oid from pg_database where datname = current_database())""")
                        .fetch()
                        .all()
                        .collectList());
        appendTransitions(150, 50);
        var records = downstream.await(200);

        assertThat(Set.copyOf(ids(records))).hasSize(200);
        inOrderByCamera(new ArrayList<>(byId(records).values()));
    }

    @Test
    void aRecordThatIsRefusedIsNamedHoldsItsFeedAloneAndRepeatsNoOther() throws Exception {
        appendTransitions(0, 50);
        append(draft("issue", "i-1", "cam-1", "{\"x\":\"" + "y".repeat(5 << 20) + "\"}"));
        appendTransitions(50, 10);
        get(cameras.create(camera("c-1")));
        PublishingState state = start(ReactorKafkaPublisher::new);

        downstream.await(
                "all but what waits",
                all ->
                        ids(all).containsAll(List.of("50", "camera-1"))
                                && state.lag("kafka") == 11
                                && state.trouble() != null);
        var records = downstream.quietFor(Duration.ofMillis(1500));
        assertThat(ids(records)).doesNotContain("51", "52");
        Map<String, Long> times =
                records.stream()
                        .collect(
                                Collectors.groupingBy(
                                        r -> header(r, "ce_id"), Collectors.counting()));
        assertThat(times).allSatisfy((_, n) -> assertThat(n).isLessThanOrEqualTo(2));
        assertThat(state.trouble())
                .contains("cctv.issues 51 of cam-1 (524", "RecordTooLargeException");
        get(cameras.create(camera("c-2")));
        downstream.await("the other feed", all -> ids(all).contains("camera-2"));

        // as the runbook says
        get(
                database.database()
                        .client()
                        .sql("update log_cursor set seq = 51 where consumer = 'kafka'")
                        .fetch()
                        .rowsUpdated());
        downstream.await("what is behind it", all -> ids(all).contains("61"));
    }

    @Test
    void aTopicThatWasMadeAnewWithFewerPartitionsGetsWhatWaits() throws Exception {
        var ahead = new AtomicReference<>(Duration.ZERO);
        start(ReactorKafkaPublisher::new, () -> Instant.now().plus(ahead.get()));
        append(notices(0, 20));
        downstream.await(20);

        try (var admin = Downstream.admin(broker.getBrokersAsString())) {
            admin.deleteTopics(List.of(KafkaTopics.NOTIFICATIONS)).all().get(30, TimeUnit.SECONDS);
            var one = new NewTopic(KafkaTopics.NOTIFICATIONS, 1, (short) 1);
            get(
                    Mono.fromCompletionStage(
                                    () ->
                                            admin.createTopics(List.of(one))
                                                    .all()
                                                    .toCompletionStage())
                            .retryWhen(Retry.fixedDelay(100, Duration.ofMillis(100))));
        }
        append(notices(20, 20));
        // a minute of silence
        ahead.set(Duration.ofMinutes(1));

        get(new KafkaTopics(settings).ready(Downstream.TOPICS));
        try (var again = Downstream.fromTheBeginning(broker.getBrokersAsString())) {
            List<String> late = LongStream.rangeClosed(21, 40).mapToObj(Long::toString).toList();
            again.await("those", all -> ids(noticesOf(all)).containsAll(late));
        }
    }

    private static LogEntry.Draft[] notices(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> draft("notification", "n-" + i, "cam-" + i, "{}"))
                .toArray(LogEntry.Draft[]::new);
    }

    private static List<ConsumerRecord<String, String>> noticesOf(
            List<ConsumerRecord<String, String>> all) {
        return all.stream().filter(r -> r.topic().equals(KafkaTopics.NOTIFICATIONS)).toList();
    }
}
