package cctvout.kafka;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A system that reads our topics, from the moment it is made; it has to be closed. */
public final class Downstream implements AutoCloseable {

    static final List<String> TOPICS =
            List.of(
                    KafkaTopics.TRANSITIONS,
                    KafkaTopics.ISSUES,
                    KafkaTopics.NOTIFICATIONS,
                    KafkaTopics.CAMERAS);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<String, String> consumer;
    private final List<ConsumerRecord<String, String>> seen = new ArrayList<>();

    /** Of topics that are there. */
    private Downstream(String servers) {
        this.consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", servers, "auto.offset.reset", "earliest"),
                        new StringDeserializer(),
                        new StringDeserializer());
        List<TopicPartition> all =
                TOPICS.stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(part -> new TopicPartition(part.topic(), part.partition()))
                        .toList();
        consumer.assign(all);
    }

    /** What comes from now on. */
    static Downstream fromNow(String servers) {
        var downstream = new Downstream(servers);
        downstream.consumer.seekToEnd(downstream.consumer.assignment());
        downstream.consumer.assignment().forEach(downstream.consumer::position);
        return downstream;
    }

    /** All that is there, and what comes. */
    public static Downstream fromTheBeginning(String servers) {
        var downstream = new Downstream(servers);
        downstream.consumer.seekToBeginning(downstream.consumer.assignment());
        return downstream;
    }

    static Admin admin(String servers) {
        return Admin.create(Map.of("bootstrap.servers", servers));
    }

    /** All so far, when they are such; fails where they are not within a minute. */
    public List<ConsumerRecord<String, String>> await(
            String what, Predicate<List<ConsumerRecord<String, String>>> enough) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!enough.test(seen)) {
            if (System.nanoTime() > until) {
                throw new AssertionError("no " + what + " after " + seen.size() + " records");
            }
            consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
        }
        return List.copyOf(seen);
    }

    List<ConsumerRecord<String, String>> await(int records) {
        return await(records + " records", all -> all.size() >= records);
    }

    /** What comes within so long. */
    List<ConsumerRecord<String, String>> quietFor(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < until) {
            consumer.poll(Duration.ofMillis(50)).forEach(seen::add);
        }
        return List.copyOf(seen);
    }

    public static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
