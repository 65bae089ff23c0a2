package cctvout.kafka;

import cctvout.cluster.ClusterSettings;
import cctvout.cluster.ShardGroup;
import cctvout.cluster.ShardKeeper;
import cctvout.lifecycle.Stopping;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The shards are the partitions of a topic without records, divided among a consumer group's
 * members; each zone has a group of its own. While there is no word from the group, what is
 * nobody's is taken all the same: probing does not wait for a broker. While there is no database
 * this process is no member: what it was given then nobody would probe, and what it has is written
 * by others meanwhile.
 */
final class KafkaShardGroup implements ShardGroup {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaShardGroup.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_DATABASE = Duration.ofMillis(200);
    private static final int HEARTBEATS = 4;
    private static final int LONGEST_WITHOUT_POLL_MS = 30_000;

    private final Mono<Void> topic;
    private final Map<String, Object> properties;
    private final ShardKeeper keeper;
    private final Duration patience;
    private final Duration session;
    private final Scheduler thread = Schedulers.newSingle(work -> new Thread(work, "shard-group"));
    private final Stopping leaving = new Stopping();
    private final Sinks.Empty<Void> left = Sinks.empty();
    private final AtomicReference<@Nullable String> told = new AtomicReference<>();
    private @Nullable Set<Integer> last;
    private final LastWord word = new LastWord(System::nanoTime);
    private volatile boolean free;

    /**
     * @throws org.apache.kafka.common.config.ConfigException where a property of Kafka's client is
     *     not as it may be
     */
    KafkaShardGroup(KafkaSettings kafka, ClusterSettings cluster, ShardKeeper keeper) {
        this.topic = new KafkaTopics(kafka).ready(List.of(KafkaTopics.SHARDS)).then();
        this.keeper = keeper;
        this.patience = cluster.takeover();
        this.session = cluster.silence();
        this.properties = properties(kafka, cluster);
        new ConsumerConfig(properties);
    }

    private static Map<String, Object> properties(KafkaSettings kafka, ClusterSettings cluster) {
        Map<String, Object> all = new HashMap<>(kafka.client());
        int session = (int) cluster.silence().toMillis();
        String zone = cluster.zone();
        all.put(
                ConsumerConfig.GROUP_ID_CONFIG,
                "cctvout-probe" + (zone.isEmpty() ? "" : "." + zone));
        all.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        all.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / HEARTBEATS);
        all.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, LONGEST_WITHOUT_POLL_MS);
        all.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName());
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        all.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 30_000);
        all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return all;
    }

    @Override
    public Mono<Void> run() {
        return Mono.defer(
                        () -> {
                            word.now();
                            return Mono.firstWithSignal(membership(), silence());
                        })
                .doFinally(
                        _ -> {
                            left.tryEmitEmpty();
                            thread.dispose();
                        });
    }

    private Mono<Void> membership() {
        Mono<Void> stay =
                topic.then(Mono.<Void>fromRunnable(this::takePart).subscribeOn(thread))
                        .doOnError(this::tell)
                        .retryWhen(
                                Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                                        .maxBackoff(LONGEST_PAUSE)
                                        .transientErrors(true));
        return withDatabase()
                .then(Mono.defer(() -> leaving.isAsked() ? Mono.<Void>empty() : stay))
                .repeat(() -> !leaving.isAsked())
                .then();
    }

    /** Completes when there is a database, or when this process leaves. */
    private Mono<Void> withDatabase() {
        return Flux.interval(Duration.ZERO, LOOK_FOR_DATABASE)
                .onBackpressureDrop()
                .filter(_ -> keeper.isInTouch() || leaving.isAsked())
                .next()
                .then();
    }

    private void takePart() {
        last = null;
        try (var member = new ShardGroupMember(properties)) {
            while (!leaving.isAsked()) {
                if (!keeper.isInTouch()) {
                    LOG.warn("Leaves the group of probers until the database is back");
                    keeper.wantNoMore();
                    return;
                }
                long ago = member.poll();
                if (ago >= 0) {
                    word.heartbeat(ago);
                }
                if (ago >= 0 && ago <= session.toSeconds()) {
                    assigned(member.assigned());
                } else if (!member.isIn()) {
                    last = null;
                }
            }
        }
    }

    /** What the group says; every time that it is heard of. */
    private void assigned(Set<Integer> shards) {
        told.set(null);
        if (free || !shards.equals(last)) {
            last = shards;
            free = false;
            keeper.want(shards);
        }
    }

    /** Never completes. Without a database nothing can be taken, nor the group be heard. */
    private Mono<Void> silence() {
        return Flux.interval(LOOK)
                .onBackpressureDrop()
                .doOnNext(
                        _ -> {
                            if (!keeper.isInTouch()) {
                                word.now();
                            }
                        })
                .filter(_ -> word.isOlderThan(patience))
                .doOnNext(
                        _ -> {
                            if (!free) {
                                LOG.warn(
                                        "No word from the group of probers for {}: what nobody probes is probed here",
                                        patience);
                            }
                            free = true;
                            keeper.wantWhatIsFree();
                        })
                .then();
    }

    private void tell(Throwable trouble) {
        Throwable deeper = trouble.getCause();
        String words = deeper == null ? trouble.toString() : trouble + ": " + deeper;
        if (!words.equals(told.getAndSet(words))) {
            LOG.warn("No part in the group of probers: {}", words);
        }
    }

    @Override
    public Mono<Void> leave() {
        return Mono.defer(
                () -> {
                    leaving.ask();
                    return left.asMono();
                });
    }
}
