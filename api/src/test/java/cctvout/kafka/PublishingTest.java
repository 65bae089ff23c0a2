package cctvout.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.camera.PostgresCameraRegistry;
import cctvout.lifecycle.UntilStopped;
import cctvout.log.Json;
import cctvout.log.LogEntry;
import cctvout.log.PostgresEventLog;
import cctvout.store.EmbeddedDatabase;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** With a real broker and a real database. */
class PublishingTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final int BATCH = 100;

    private static EmbeddedKafkaKraftBroker broker;
    private static KafkaSettings settings;

    private final List<UntilStopped> running = new ArrayList<>();
    private EmbeddedDatabase database;
    private PostgresEventLog log;
    private PostgresCameraRegistry cameras;
    private Downstream downstream;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = new EmbeddedKafkaKraftBroker(1, 1);
        broker.afterPropertiesSet();
        settings =
                new KafkaSettings(
                        List.of(broker.getBrokersAsString()),
                        Map.of(),
                        "/cctv-out",
                        true,
                        3,
                        -1,
                        BATCH,
                        Duration.ofMillis(100),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(10));
        get(new KafkaTopics(settings).create());
    }

    @AfterAll
    static void stopBroker() {
        broker.destroy();
    }

    @BeforeEach
    void open() {
        database = EmbeddedDatabase.createFresh();
        log = new PostgresEventLog(database.database());
        cameras = new PostgresCameraRegistry(database.database());
        downstream = Downstream.fromNow(broker.getBrokersAsString());
    }

    @AfterEach
    void close() throws Exception {
        for (UntilStopped each : running) {
            stop(each);
        }
        downstream.close();
        database.close();
    }

    @Test
    void eachTopicHoldsWhatTheLogSaysAsACloudEventUnderTheCamerasKey() throws Exception {
        append(
                draft("transition", "cam-1", "cam-1", "{\"seq\":1,\"reason\":\"한글\"}"),
                draft("issue", "i-1", "cam-1", "{\"id\":\"i-1\"}"),
                draft("notification", "n-1", "cam-1", "{\"id\":\"n-1\"}"),
                draft("notification", "n-2", null, "{\"cameraId\":null,\"outageId\":\"o-7\"}"),
                draft("notification", "n-3", null, "{\"outageId\":null,\"alarmId\":\"a-9\"}"),
                draft("notification", "n-4", null, "{}"));
        start(ReactorKafkaPublisher::new);

        var records = downstream.await(6);

        assertThat(records)
                .extracting(r -> header(r, "ce_id") + " " + r.topic() + " " + r.key())
                .containsExactlyInAnyOrder(
                        "1 cctv.transitions cam-1",
                        "2 cctv.issues cam-1",
                        "3 cctv.notifications cam-1",
                        "4 cctv.notifications o-7",
                        "5 cctv.notifications a-9",
                        "6 cctv.notifications n-4");
        var transition = Objects.requireNonNull(byId(records).get("1"));
        assertThat(transition.value()).isEqualTo("{\"seq\":1,\"reason\":\"한글\"}");
        assertThat(header(transition, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(transition, "ce_type")).isEqualTo("cctvout.transition");
        assertThat(header(transition, "ce_source")).isEqualTo("/cctv-out");
        assertThat(header(transition, "ce_subject")).isEqualTo("cam-1");
        assertThat(header(transition, "ce_time")).isEqualTo(AT.toString());
        assertThat(header(transition, "content-type")).isEqualTo("application/json");
    }

    @Test
    void theCamerasTopicIsCompactedAndADeletedCameraIsATombstone() throws Exception {
        get(cameras.create(camera("둔산-1")));
        get(cameras.create(camera("c-2")));
        start(ReactorKafkaPublisher::new);
        downstream.await(2);
        get(cameras.delete(new CameraId("둔산-1"), OptionalLong.empty()));

        var records = byId(downstream.await(3));

        var saved = Objects.requireNonNull(records.get("camera-1"));
        assertThat(saved.topic()).isEqualTo("cctv.cameras");
        assertThat(saved.key()).isEqualTo("둔산-1");
        assertThat(Json.read(saved.value(), Camera.class)).isEqualTo(camera("둔산-1").withVersion(1));
        var removed = Objects.requireNonNull(records.get("camera-3"));
        assertThat(removed.key()).isEqualTo("둔산-1");
        assertThat(removed.value()).isNull();
        assertThat(removed.partition()).isEqualTo(saved.partition());
        assertThat(header(removed, "ce_type")).isEqualTo("cctvout.camera.removed");
        assertThat(cleanupPolicy("cctv.cameras")).isEqualTo("compact");
        assertThat(cleanupPolicy("cctv.transitions")).isEqualTo("delete");
    }

    @Test
    void everyEntryComesOnceAndEachCamerasInTheirOrder() throws Exception {
        int entries = 3000;
        start(ReactorKafkaPublisher::new);
        for (int from = 0; from < entries; from += 250) {
            appendTransitions(from, 250);
        }

        var records = downstream.await(entries);

        assertThat(ids(records)).doesNotHaveDuplicates().hasSize(entries);
        inOrderByCamera(records);
    }

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

    private PublishingState start(Function<KafkaSettings, EventPublisher> publishers) {
        var state = new PublishingState(new SimpleMeterRegistry(), Clock.systemUTC());
        var publishing =
                Publishing.of(
                        database.database(),
                        List.of(
                                new LogFeed(log),
                                new CameraFeed(cameras, Json.mapper(), Clock.systemUTC())),
                        new KafkaTopics(settings).create(),
                        () -> publishers.apply(settings),
                        settings,
                        state);
        var lifecycle = new UntilStopped("test", settings.stopPatience(), publishing::run);
        lifecycle.start();
        running.add(lifecycle);
        return state;
    }

    private static void stop(UntilStopped lifecycle) throws Exception {
        var stopped = new CompletableFuture<Void>();
        lifecycle.stop(() -> stopped.complete(null));
        stopped.get(30, TimeUnit.SECONDS);
    }

    private void append(LogEntry.Draft... drafts) throws Exception {
        get(database.database().inTransaction(log.append(List.of(drafts))));
    }

    /** Of twenty cameras in turn; each says which number it is of its camera. */
    private void appendTransitions(int from, int count) throws Exception {
        append(
                IntStream.range(from, from + count)
                        .mapToObj(
                                i ->
                                        draft(
                                                "transition",
                                                "cam-" + i % 20,
                                                "cam-" + i % 20,
                                                "{\"n\":" + i + "}"))
                        .toArray(LogEntry.Draft[]::new));
    }

    private static LogEntry.Draft draft(
            String type, String subject, @Nullable String camera, String body) {
        return new LogEntry.Draft(type, subject, camera, body, AT);
    }

    private static Camera camera(String id) {
        return new Camera(
                new CameraId(id),
                "대전시청",
                null,
                36.35,
                127.38,
                "10.1.2.3",
                "http://10.1.2.4/live.m3u8",
                "L-17",
                null,
                "서구",
                null,
                null,
                true,
                Duration.ofSeconds(30),
                Camera.Probes.BOTH,
                0);
    }

    private static String cleanupPolicy(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (var admin = Downstream.admin(broker.getBrokersAsString())) {
            var configs = admin.describeConfigs(List.of(resource)).all().get(20, TimeUnit.SECONDS);
            return Objects.requireNonNull(configs.get(resource)).get("cleanup.policy").value();
        }
    }

    private static void inOrderByCamera(List<ConsumerRecord<String, String>> records) {
        Map<String, Long> last = new HashMap<>();
        for (ConsumerRecord<String, String> record : records) {
            long seq = Long.parseLong(header(record, "ce_id"));
            assertThat(seq).isGreaterThan(last.getOrDefault(record.key(), 0L));
            last.put(record.key(), seq);
        }
    }

    private static List<String> ids(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(r -> header(r, "ce_id")).toList();
    }

    /** The first of each, in the order of their coming. */
    private static Map<String, ConsumerRecord<String, String>> byId(
            List<ConsumerRecord<String, String>> records) {
        return records.stream()
                .collect(
                        Collectors.toMap(
                                r -> header(r, "ce_id"),
                                r -> r,
                                (first, _) -> first,
                                java.util.LinkedHashMap::new));
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return Downstream.header(record, name);
    }

    private static <T> @Nullable T get(Mono<T> work) throws Exception {
        return work.toFuture().get(30, TimeUnit.SECONDS);
    }
}
