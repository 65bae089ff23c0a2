package cctvout.kafka;

import cctvout.cluster.Shard;
import cctvout.log.LogEntry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The topics by name, and those of them made that are missing. */
final class KafkaTopics {

    static final String TRANSITIONS = "cctv.transitions";
    static final String ISSUES = "cctv.issues";
    static final String NOTIFICATIONS = "cctv.notifications";
    static final String CAMERAS = "cctv.cameras";

    /** Holds no record: its partitions are what the probers' group divides. */
    static final String SHARDS = "cctv.shards";

    private static final Logger LOG = LoggerFactory.getLogger(KafkaTopics.class);
    private static final int TIMEOUT_MS = 10_000;

    private final KafkaSettings settings;

    KafkaTopics(KafkaSettings settings) {
        this.settings = settings;
    }

    /** Of a type of log entry. */
    static String of(String type) {
        return switch (type) {
            case LogEntry.TRANSITION -> TRANSITIONS;
            case LogEntry.ISSUE -> ISSUES;
            case LogEntry.NOTIFICATION -> NOTIFICATIONS;
            default -> "cctv." + type + "s";
        };
    }

    /** Lazy; errors where no broker answers within 10 s, or where it refuses. */
    Mono<Void> create() {
        if (!settings.createTopics()) {
            return Mono.empty();
        }
        return Mono.usingWhen(
                Mono.fromCallable(this::admin).subscribeOn(Schedulers.boundedElastic()),
                this::createMissing,
                // closing joins the client's thread
                admin ->
                        Mono.fromRunnable(() -> admin.close(Duration.ZERO))
                                .subscribeOn(Schedulers.boundedElastic()));
    }

    private Admin admin() {
        Map<String, Object> all = new HashMap<>(settings.client());
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        return Admin.create(all);
    }

    /** Asked for first: who may not create topics may still write to them. */
    private Mono<Void> createMissing(Admin admin) {
        return answer(admin.listTopics().names())
                .flatMapMany(
                        known ->
                                Flux.fromStream(
                                        wanted().stream()
                                                .filter(topic -> !known.contains(topic.name()))))
                .collectList()
                .filter(missing -> !missing.isEmpty())
                .flatMapMany(
                        missing ->
                                Flux.fromIterable(admin.createTopics(missing).values().entrySet()))
                .flatMap(
                        topic ->
                                answer(topic.getValue())
                                        .doOnSuccess(
                                                _ ->
                                                        LOG.info(
                                                                "Kafka: topic {} created",
                                                                topic.getKey()))
                                        .onErrorResume(
                                                TopicExistsException.class, _ -> Mono.empty()))
                .then();
    }

    private List<NewTopic> wanted() {
        return List.of(
                topic(SHARDS, Shard.COUNT),
                topic(TRANSITIONS),
                topic(ISSUES),
                topic(NOTIFICATIONS),
                topic(CAMERAS)
                        .configs(
                                Map.of(
                                        TopicConfig.CLEANUP_POLICY_CONFIG,
                                        TopicConfig.CLEANUP_POLICY_COMPACT)));
    }

    private NewTopic topic(String name) {
        return topic(name, settings.partitions());
    }

    private NewTopic topic(String name, int partitions) {
        return new NewTopic(
                name,
                Optional.of(partitions),
                settings.replication() < 0
                        ? Optional.empty()
                        : Optional.of((short) settings.replication()));
    }

    private static <T> Mono<T> answer(KafkaFuture<T> future) {
        return Mono.fromCompletionStage(future.toCompletionStage());
    }
}
