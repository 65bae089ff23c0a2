package cctvout.kafka;

import cctvout.cluster.Shard;
import cctvout.log.LogEntry;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.Collection;
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
    private static final int LOOKS = 20;
    private static final Duration LOOK = Duration.ofMillis(100);

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

    /**
     * Makes those that are missing; the ids of those that may be looked at. Another id under the
     * same name is another topic. Lazy; errors where no broker answers within 10 s, or where it
     * refuses.
     */
    Mono<Map<String, Uuid>> ready(Collection<String> names) {
        return Mono.usingWhen(
                Mono.fromCallable(this::admin).subscribeOn(Schedulers.boundedElastic()),
                admin ->
                        (settings.createTopics() ? createMissing(admin, names) : Mono.empty())
                                .then(Mono.defer(() -> ids(admin, names))),
                // closing joins the client's thread
                admin ->
                        Mono.fromRunnable(() -> admin.close(Duration.ZERO))
                                .subscribeOn(Schedulers.boundedElastic()));
    }

    private static Mono<Map<String, Uuid>> ids(Admin admin, Collection<String> names) {
        return Flux.fromIterable(names)
                .flatMap(name -> described(admin, name))
                .collectMap(TopicDescription::name, TopicDescription::topicId);
    }

    /** One that was made just now is seen a moment later; empty where it may not be looked at. */
    private static Mono<TopicDescription> described(Admin admin, String name) {
        return Mono.defer(() -> answer(admin.describeTopics(List.of(name)).allTopicNames()))
                .retryWhen(
                        Retry.fixedDelay(LOOKS, LOOK)
                                .filter(UnknownTopicOrPartitionException.class::isInstance))
                .flatMap(found -> Mono.justOrEmpty(found.get(name)))
                .onErrorComplete();
    }

    private Admin admin() {
        Map<String, Object> all = new HashMap<>(settings.client());
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
        return Admin.create(all);
    }

    /** Asked for first: who may not create topics may still write to them. */
    private Mono<Void> createMissing(Admin admin, Collection<String> names) {
        return answer(admin.listTopics().names())
                .map(known -> names.stream().filter(name -> !known.contains(name)))
                .map(missing -> missing.map(this::wanted).toList())
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

    private NewTopic wanted(String name) {
        return switch (name) {
            case SHARDS -> topic(SHARDS, Shard.COUNT);
            case CAMERAS ->
                    topic(CAMERAS, settings.partitions())
                            .configs(
                                    Map.of(
                                            TopicConfig.CLEANUP_POLICY_CONFIG,
                                            TopicConfig.CLEANUP_POLICY_COMPACT));
            default -> topic(name, settings.partitions());
        };
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
