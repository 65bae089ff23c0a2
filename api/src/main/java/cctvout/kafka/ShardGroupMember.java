package cctvout.kafka;

import cctvout.cluster.Shard;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One stay in the group of probers, from joining to leaving. For one thread that may wait. */
final class ShardGroupMember implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);
    private static final String HEARTBEAT = "last-heartbeat-seconds-ago";
    private static final long NOT_YET = -1;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<Integer> assigned = new HashSet<>();
    private boolean joined;

    /**
     * @param properties of the consumer
     */
    ShardGroupMember(Map<String, Object> properties) {
        this.consumer = new KafkaConsumer<>(properties);
        consumer.subscribe(List.of(KafkaTopics.SHARDS), new Assignment());
    }

    /**
     * Waits a little for news.
     *
     * @return how many whole seconds ago the group was sent the newest heartbeat; less than 0 where
     *     it has not given this process its part
     * @throws org.apache.kafka.common.KafkaException where it cannot go on
     */
    long poll() {
        consumer.poll(POLL);
        return joined ? heartbeatSecondsAgo() : NOT_YET;
    }

    /** Whether the group has given this process its part, and has not gone on without it since. */
    boolean isIn() {
        return joined;
    }

    Set<Integer> assigned() {
        return Set.copyOf(assigned);
    }

    private long heartbeatSecondsAgo() {
        for (Metric metric : consumer.metrics().values()) {
            if (metric.metricName().name().equals(HEARTBEAT)) {
                return ((Double) metric.metricValue()).longValue();
            }
        }
        return NOT_YET;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(CLOSE_WITHIN));
    }

    private final class Assignment implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            int known = consumer.partitionsFor(KafkaTopics.SHARDS).size();
            if (known != Shard.COUNT) {
                throw new IllegalStateException(
                        "topic "
                                + KafkaTopics.SHARDS
                                + " has "
                                + known
                                + " partitions, where there are "
                                + Shard.COUNT
                                + " shards");
            }
            joined = true;
            partitions.forEach(partition -> assigned.add(partition.partition()));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            partitions.forEach(partition -> assigned.remove(partition.partition()));
        }

        /**
         * The group has gone on without this member, or has forgotten it. What others took
         * meanwhile the database says; the rest it keeps until it is told again what is its part.
         */
        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            onPartitionsRevoked(partitions);
            joined = false;
        }
    }
}
