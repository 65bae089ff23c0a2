package cctvout.kafka;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The way to Kafka.
 *
 * @param bootstrapServers {@code host:port} each; none: no Kafka
 * @param properties of Kafka's own clients, such as {@code security.protocol}; may hold secrets
 * @param source which installation events are from ({@code ce_source}), a URI or a path
 * @param createTopics those that are missing
 * @param partitions of a topic created here, 1 to 10,000
 * @param replication of a topic created here, 1 to 100; -1 the broker's own default
 * @param batch records of each feed in flight, and so repeated after a crash at most, 1 to 10,000
 * @param poll how long without a hint at most, until the next look for records
 * @param standby between two tries of a process to take over from the one that publishes
 * @param stopPatience for the batch in flight, when this process stops
 */
@ConfigurationProperties("cctvout.kafka")
record KafkaSettings(
        @DefaultValue List<String> bootstrapServers,
        @DefaultValue Map<String, String> properties,
        @DefaultValue("/cctv-out") String source,
        @DefaultValue("true") boolean createTopics,
        @DefaultValue("12") int partitions,
        @DefaultValue("-1") int replication,
        @DefaultValue("500") int batch,
        @DefaultValue("500ms") Duration poll,
        @DefaultValue("5s") Duration standby,
        @DefaultValue("5s") Duration stopPatience) {

    static final String SERVERS = "cctvout.kafka.bootstrap-servers";

    /** What order and completeness stand on. */
    private static final Map<String, Object> FIXED =
            Map.of(
                    ProducerConfig.ACKS_CONFIG,
                    "all",
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    true,
                    ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                    5,
                    ProducerConfig.RETRIES_CONFIG,
                    Integer.MAX_VALUE,
                    // a batch given up while the broker is away lets later ones overtake it
                    ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                    Integer.MAX_VALUE,
                    ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                    StringSerializer.class,
                    ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                    ByteArraySerializer.class);

    private static final Set<String> OURS =
            Set.of(
                    ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                    ProducerConfig.PARTITIONER_CLASS_CONFIG,
                    ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG);

    KafkaSettings {
        bootstrapServers = List.copyOf(bootstrapServers);
        properties = Map.copyOf(properties);
        between("partitions", partitions, 1, 10_000);
        if (replication != -1) {
            between("replication", replication, 1, 100);
        }
        between("batch", batch, 1, 10_000);
        positive("poll", poll);
        positive("standby", standby);
        positive("stop-patience", stopPatience);
        if (source.isBlank()) {
            throw new IllegalArgumentException("cctvout.kafka.source: must not be blank");
        }
        for (String name : properties.keySet()) {
            if (FIXED.containsKey(name) || OURS.contains(name)) {
                throw new IllegalArgumentException(
                        "cctvout.kafka.properties." + name + ": cannot be chosen");
            }
        }
    }

    /**
     * Of the producer.
     *
     * @throws org.apache.kafka.common.config.ConfigException never here; when it is made
     */
    Map<String, Object> producer() {
        Map<String, Object> all = new HashMap<>(client());
        all.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "cctvout-publisher");
        all.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10_000);
        all.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, 2);
        all.putIfAbsent(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        all.putIfAbsent(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 4 << 20);
        all.putAll(FIXED);
        return all;
    }

    /** Of any client. */
    Map<String, Object> client() {
        Map<String, Object> all = new HashMap<>(properties);
        all.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        all.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        all.putIfAbsent(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        all.putIfAbsent(ProducerConfig.RETRY_BACKOFF_MAX_MS_CONFIG, 2_000);
        return all;
    }

    /** Names no value of {@code properties}: they may be secrets. */
    @Override
    public String toString() {
        return "KafkaSettings[" + bootstrapServers + ", properties " + properties.keySet() + "]";
    }

    private static void between(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "cctvout.kafka." + name + ": " + least + " to " + most + ", not " + value);
        }
    }

    private static void positive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "cctvout.kafka." + name + ": more than nothing, not " + value);
        }
    }
}
