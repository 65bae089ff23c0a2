package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.simulator.Fault;
import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.Target;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code kill -9} at any moment: nothing is lost, nothing doubled, probing goes on. */
class KillTest {

    private static final int CAMERAS = 24;
    private static final int KILLS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path folder;

    @Test
    void aKilledProcessGoesOnWhereItWasWithNoTransitionIssueOrNoticeLostOrDoubled()
            throws Exception {
        Random random = new Random(11);
        try (FleetServer fleet =
                        FleetServer.start(FleetOptions.of(Fleet.of(CAMERAS), 0)).toFuture().get();
                WebhookReceiver receiver = new WebhookReceiver(Parties.SECRET);
                Product product = Product.quick(folder)) {
            Parties.register(product.console(), receiver);
            Parties.cameras(product.console(), fleet, CAMERAS);
            for (int kill = 0; kill < KILLS; kill++) {
                faultsComeAndGoUntilSomethingIsTold(product, fleet, random);
                product.kill();
                product.startAgain();
            }
            everythingIsWellAgain(product, fleet);
            nothingIsLostOrDoubled(product.console(), receiver);
        }
    }

    /**
     * The kill falls right behind an event: between a transition, its issue, its notices and their
     * sending.
     */
    private static void faultsComeAndGoUntilSomethingIsTold(
            Product product, FleetServer fleet, Random random) {
        long head =
                product.console().get("/api/transitions?after=0&limit=1000").get("items").size();
        try (LiveEvents events = product.console().events(0)) {
            events.await("the start", PATIENCE, event -> event.type().equals("summary"));
            for (int flip = 0; flip < 4; flip++) {
                for (int i = 1; i <= CAMERAS; i++) {
                    if (random.nextInt(3) == 0) {
                        fleet.faults()
                                .set(
                                        Target.camera(i),
                                        random.nextBoolean() ? Fault.NOT_FOUND : Fault.GARBAGE);
                    } else {
                        fleet.faults().recover(Target.camera(i));
                    }
                }
                int more = 3 + random.nextInt(6);
                for (int i = 0; i < more; i++) {
                    events.await(
                            "a change after " + head, PATIENCE, event -> !event.id().isEmpty());
                }
            }
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
        Set<String> open = new HashSet<>();
        try (LiveEvents events = product.console().events(0)) {
            unsent(product).forEach(open::add);
            if (!open.isEmpty()) {
                events.await("all notices sent", PATIENCE, event -> settles(event, open));
            }
        }
    }

    private static boolean settles(LiveEvents.Event event, Set<String> open) {
        if (event.type().equals("notification")
                && !event.data().get("status").asString().equals("CREATED")) {
            open.remove(event.data().get("id").asString());
        }
        return open.isEmpty();
    }

    private static List<String> unsent(Product product) {
        return product.console().all("/api/notifications?status=CREATED").stream()
                .map(notice -> notice.get("id").asString())
                .toList();
    }

    private static void nothingIsLostOrDoubled(Console console, WebhookReceiver receiver) {
        Map<String, Integer> faults = transitionsChain(console);
        List<JsonNode> issues = console.all("/api/issues");
        assertThat(
                        issues.stream()
                                .collect(
                                        Collectors.groupingBy(
                                                i -> i.get("cameraId").asString(),
                                                Collectors.summingInt(_ -> 1))))
                .as("one issue a fault")
                .isEqualTo(faults);
        assertThat(issues)
                .allSatisfy(
                        issue -> assertThat(issue.get("status").asString()).isEqualTo("RESOLVED"));

        List<JsonNode> notices = console.all("/api/notifications");
        assertThat(notices).doesNotHaveDuplicates();
        Map<String, List<JsonNode>> told =
                notices.stream()
                        .filter(n -> n.hasNonNull("issueId"))
                        .collect(
                                Collectors.groupingBy(
                                        n ->
                                                n.get("issueId").asString()
                                                        + " "
                                                        + n.get("recipientId").asString()
                                                        + " "
                                                        + n.get("event").asString()));
        assertThat(told.values()).as("each told once").allMatch(same -> same.size() == 1);
        for (JsonNode issue : issues) {
            String id = issue.get("id").asString();
            assertThat(told).containsKeys(id + " vendor RECOVERED", id + " control RECOVERED");
        }
        sentIsReceived(notices, receiver);
    }

    /** Each camera's transitions follow on each other; how many faults each had. */
    private static Map<String, Integer> transitionsChain(Console console) {
        Map<String, String> verdicts = new HashMap<>();
        Map<String, Integer> faults = new HashMap<>();
        long after = 0;
        JsonNode page = console.get("/api/transitions?after=0&limit=1000").get("items");
        while (!page.isEmpty()) {
            for (JsonNode transition : page) {
                String camera = transition.get("cameraId").asString();
                assertThat(transition.get("seq").asLong()).isGreaterThan(after);
                after = transition.get("seq").asLong();
                assertThat(transition.get("from").asString())
                        .isEqualTo(verdicts.getOrDefault(camera, "UNKNOWN"));
                verdicts.put(camera, transition.get("to").asString());
                if (transition.get("to").asString().endsWith("_FAULT")) {
                    faults.merge(camera, 1, Integer::sum);
                }
            }
            page = console.get("/api/transitions?limit=1000&after=" + after).get("items");
        }
        assertThat(verdicts.values()).containsOnly("HEALTHY");
        return faults;
    }

    private static void sentIsReceived(List<JsonNode> notices, WebhookReceiver receiver) {
        Set<String> received =
                receiver.received.stream()
                        .map(WebhookReceiver.Received::id)
                        .collect(Collectors.toSet());
        assertThat(notices)
                .filteredOn(
                        notice ->
                                notice.get("status").asString().equals("SENT")
                                        && notice.get("channel").asString().equals("webhook"))
                .as("sent is received")
                .allMatch(notice -> received.contains(carrier(notice)));
        assertThat(notices.stream().map(n -> n.get("id").asString()).toList())
                .containsAll(received);
        assertThat(receiver.received).allMatch(WebhookReceiver.Received::signed);
    }

    /** Under which id the receiver saw it: its own, or that of the digest it went in. */
    private static String carrier(JsonNode notice) {
        return notice.get(notice.hasNonNull("digestId") ? "digestId" : "id").asString();
    }
}
