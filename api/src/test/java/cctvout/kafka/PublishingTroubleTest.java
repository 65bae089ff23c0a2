package cctvout.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

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
}
