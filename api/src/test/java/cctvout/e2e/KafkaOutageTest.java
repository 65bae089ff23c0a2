package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.kafka.Downstream;
import cctvout.simulator.Fault;
import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.Target;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The broker is killed during flips and comes back: checks, notices and the live stream go on, and
 * the topics hold everything, once by id and in order by camera. {@code -Dcctvout.kafka.away=300}
 * says for how many seconds.
 */
@Tag("load")
class KafkaOutageTest {

    private static final int CAMERAS = 60;
    private static final int AWAY = Integer.getInteger("cctvout.kafka.away", 40);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern LAG =
            Pattern.compile("cctvout_log_lag\\{[^}]*consumer=\"kafka\"[^}]*} ([0-9.E]+)");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Random random = new Random(7);

    @TempDir Path folder;

    @Test
    void whatHappenedWhileTheBrokerWasAwayIsInTheTopicsOnceAndInOrder() throws Exception {
        try (KafkaProcess broker =
                        new KafkaProcess(Files.createDirectory(folder.resolve("kafka")));
                FleetServer fleet =
                        FleetServer.start(FleetOptions.of(Fleet.of(CAMERAS), 0)).toFuture().get();
                WebhookReceiver receiver = new WebhookReceiver(Parties.SECRET);
                Product product =
                        Product.quick(
                                folder,
                                "--cctvout.kafka.partitions=4",
                                "--cctvout.kafka.bootstrap-servers=" + broker.servers());
                LiveEvents stream = product.console().events(0)) {
            Console console = product.console();
            Parties.register(console, receiver);
            Parties.cameras(console, fleet, CAMERAS);
            flip(product, fleet, 10);

            broker.kill();
            long before = head(console);
            int told = receiver.received.size();
            flip(product, fleet, AWAY);

            long missed = head(console) - before;
            System.out.printf(
                    "away %d s: %d log entries, lag %.0f, %d notices%n",
                    AWAY, missed, lag(console), receiver.received.size() - told);
            assertThat(missed).isGreaterThan(CAMERAS);
            assertThat(receiver.received.size()).isGreaterThan(told);
            assertThat(lag(console)).isGreaterThan(CAMERAS);
            assertThat(console.get("/actuator/health").get("status").asString())
                    .isEqualTo("DEGRADED");
            assertThat(console.get("/actuator/health/readiness").get("status").asString())
                    .isEqualTo("UP");

            broker.startAgain();
            flip(product, fleet, 5);
            everythingIsWellAgain(product, fleet);

            topicsHoldEverything(broker, console, stream);
            assertThat(console.get("/actuator/health").get("status").asString()).isEqualTo("UP");
        }
    }

    private void flip(Product product, FleetServer fleet, int seconds) throws Exception {
        for (int second = 0; second < seconds; second++) {
            for (int i = 1; i <= CAMERAS; i++) {
                if (random.nextInt(4) == 0) {
                    fleet.faults().set(Target.camera(i), Fault.NOT_FOUND);
                } else {
                    fleet.faults().recover(Target.camera(i));
                }
            }
            product.runsFor(Duration.ofSeconds(1));
        }
    }

    private static void everythingIsWellAgain(Product product, FleetServer fleet) {
        fleet.faults().recover(new Target.All());
        try (LiveEvents events = product.console().events(0)) {
            events.await(
                    "all healthy",
                    PATIENCE,
                    event ->
                            event.type().equals("summary")
                                    && event.data().get("verdicts").get("HEALTHY").asInt()
                                            == CAMERAS
                                    && event.data().get("openIssues").asInt() == 0);
        }
    }

    private static void topicsHoldEverything(
            KafkaProcess broker, Console console, LiveEvents stream) {
        Map<String, JsonNode> transitions = transitions(console);
        String last = transitions.keySet().stream().reduce((_, next) -> next).orElseThrow();
        stream.await("the last", PATIENCE, event -> event.id().equals(last));
        Set<String> streamed =
                stream.seen().stream()
                        .filter(event -> !event.id().isEmpty())
                        .filter(event -> Long.parseLong(event.id()) <= Long.parseLong(last))
                        .map(event -> event.id())
                        .collect(Collectors.toSet());
        try (Downstream downstream = Downstream.fromTheBeginning(broker.servers())) {
            List<ConsumerRecord<String, String>> records =
                    downstream.await(
                            "all that was streamed", all -> ids(all).containsAll(streamed));
            records =
                    downstream.await(
                            "all cameras",
                            all ->
                                    all.stream()
                                                    .filter(r -> r.topic().equals("cctv.cameras"))
                                                    .count()
                                            >= CAMERAS);

            Map<String, ConsumerRecord<String, String>> first = new LinkedHashMap<>();
            List<ConsumerRecord<String, String>> numbered =
                    records.stream().filter(r -> !r.topic().equals("cctv.cameras")).toList();
            numbered.forEach(r -> first.putIfAbsent(id(r), r));
            System.out.printf(
                    "%d records, %d of them repeats%n",
                    numbered.size(), numbered.size() - first.size());
            Map<String, JsonNode> published = new HashMap<>();
            first.forEach(
                    (id, record) -> {
                        if (record.topic().equals("cctv.transitions")) {
                            published.put(id, JSON.readTree(record.value()));
                        }
                    });
            assertThat(published).as("each transition, by id").isEqualTo(transitions);
            assertThat(numbered.size() - first.size()).as("repeats").isLessThanOrEqualTo(500);
            inOrderByTopicAndCamera(new ArrayList<>(first.values()));
            camerasAreAsRestShowsThem(console, records);
        }
    }

    private static void camerasAreAsRestShowsThem(
            Console console, List<ConsumerRecord<String, String>> records) {
        Map<String, String> newest = new HashMap<>();
        records.stream()
                .filter(r -> r.topic().equals("cctv.cameras"))
                .forEach(r -> newest.put(r.key(), r.value()));
        assertThat(newest).hasSize(CAMERAS);
        newest.forEach(
                (id, json) -> assertThat(json).isEqualTo(console.text("/api/cameras/" + id)));
    }

    private static void inOrderByTopicAndCamera(List<ConsumerRecord<String, String>> records) {
        Map<String, Long> last = new HashMap<>();
        for (ConsumerRecord<String, String> record : records) {
            long seq = Long.parseLong(id(record));
            String of = record.topic() + " " + record.key();
            assertThat(seq).as(of).isGreaterThan(last.getOrDefault(of, 0L));
            last.put(of, seq);
        }
    }

    /** By number, ascending. */
    private static Map<String, JsonNode> transitions(Console console) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        long after = 0;
        JsonNode page = console.get("/api/transitions?after=0&limit=1000").get("items");
        while (!page.isEmpty()) {
            for (JsonNode transition : page) {
                after = transition.get("seq").asLong();
                all.put(Long.toString(after), transition);
            }
            page = console.get("/api/transitions?limit=1000&after=" + after).get("items");
        }
        return all;
    }

    private static long head(Console console) {
        return transitions(console).keySet().stream().mapToLong(Long::parseLong).max().orElse(0);
    }

    private static double lag(Console console) {
        var found = LAG.matcher(console.text("/actuator/prometheus"));
        assertThat(found.find()).isTrue();
        return Double.parseDouble(found.group(1));
    }

    private static Set<String> ids(List<ConsumerRecord<String, String>> records) {
        Set<String> ids = new HashSet<>();
        records.forEach(record -> ids.add(id(record)));
        return ids;
    }

    private static String id(ConsumerRecord<String, String> record) {
        return Downstream.header(record, "ce_id");
    }
}
