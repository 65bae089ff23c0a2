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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A real broker and a real database, and what comes out downstream. */
abstract class PublishingRig {

    static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    static final int BATCH = 100;

    static EmbeddedKafkaKraftBroker broker;
    static KafkaSettings settings;

    final List<UntilStopped> running = new ArrayList<>();
    EmbeddedDatabase database;
    PostgresEventLog log;
    PostgresCameraRegistry cameras;
    Downstream downstream;

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
        get(new KafkaTopics(settings).ready(Downstream.TOPICS));
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

    PublishingState start(Function<KafkaSettings, EventPublisher> publishers) {
        return start(publishers, Clock.systemUTC());
    }

    PublishingState start(Function<KafkaSettings, EventPublisher> publishers, InstantSource clock) {
        var state = new PublishingState(new SimpleMeterRegistry(), clock);
        var publishing =
                Publishing.of(
                        database.database(),
                        List.of(
                                new LogFeed(log),
                                new CameraFeed(cameras, Json.mapper(), Clock.systemUTC())),
                        () -> publishers.apply(settings),
                        settings,
                        state,
                        Duration.ofMillis(500));
        var lifecycle = new UntilStopped("test", settings.stopPatience(), publishing::run);
        lifecycle.start();
        running.add(lifecycle);
        return state;
    }

    static void stop(UntilStopped lifecycle) throws Exception {
        var stopped = new CompletableFuture<Void>();
        lifecycle.stop(() -> stopped.complete(null));
        stopped.get(30, TimeUnit.SECONDS);
    }

    void append(LogEntry.Draft... drafts) throws Exception {
        get(database.database().inTransaction(log.append(List.of(drafts))));
    }

    /** Of twenty cameras in turn; each says which number it is of its camera. */
    void appendTransitions(int from, int count) throws Exception {
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

    static LogEntry.Draft draft(String type, String subject, @Nullable String camera, String body) {
        return new LogEntry.Draft(type, subject, camera, body, AT);
    }

    static Camera camera(String id) {
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

    static void inOrderByCamera(List<ConsumerRecord<String, String>> records) {
        Map<String, Long> last = new HashMap<>();
        for (ConsumerRecord<String, String> record : records) {
            long seq = Long.parseLong(header(record, "ce_id"));
            assertThat(seq).isGreaterThan(last.getOrDefault(record.key(), 0L));
            last.put(record.key(), seq);
        }
    }

    static List<String> ids(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(r -> header(r, "ce_id")).toList();
    }

    /** The first of each, in the order of their coming. */
    static Map<String, ConsumerRecord<String, String>> byId(
            List<ConsumerRecord<String, String>> records) {
        return records.stream()
                .collect(
                        Collectors.toMap(
                                r -> header(r, "ce_id"),
                                r -> r,
                                (first, _) -> first,
                                java.util.LinkedHashMap::new));
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        return Downstream.header(record, name);
    }

    static <T> @Nullable T get(Mono<T> work) throws Exception {
        return work.toFuture().get(30, TimeUnit.SECONDS);
    }
}
