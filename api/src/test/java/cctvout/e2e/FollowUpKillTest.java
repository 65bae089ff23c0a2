package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.simulator.Fault;
import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.Target;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code kill -9} while reminders and escalations fall due: none is lost, none comes twice, and
 * everyone who was told by them is told of the end once.
 */
class FollowUpKillTest {

    private static final int CAMERAS = 6;
    private static final int MANY_KILLS = 8;
    private static final int REMINDERS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir Path folder;

    @Test
    @Tag("load")
    void remindersAndEscalationsGoOnWhereTheyWere() throws Exception {
        killed(1, new Random(7));
    }

    @Test
    @Tag("load")
    void andSoTheyDoWhateverStepAKillFallsInto() throws Exception {
        killed(MANY_KILLS, new Random(8));
    }

    private void killed(int kills, Random random) throws Exception {
        try (FleetServer fleet =
                        FleetServer.start(FleetOptions.of(Fleet.of(CAMERAS), 0)).toFuture().get();
                WebhookReceiver receiver = new WebhookReceiver(Parties.SECRET);
                Product product = Product.quick(folder)) {
            register(product, fleet, receiver);
            for (int i = 1; i <= CAMERAS; i++) {
                fleet.faults().set(Target.camera(i), Fault.NOT_FOUND);
            }
            for (int kill = 0; kill < kills; kill++) {
                long after = head(product);
                try (LiveEvents events = product.console().events(after)) {
                    for (int more = 2 + random.nextInt(5); more > 0; more--) {
                        events.await("a follow-up", PATIENCE, FollowUpKillTest::isFollowUp);
                    }
                }
                product.kill();
                product.startAgain();
            }
            untilAllWereEscalated(product);
            fleet.faults().recover(new Target.All());
            untilAllAreTold(product);
            noneIsLostOrDoubled(product.console(), receiver);
        }
    }

    private static void register(Product product, FleetServer fleet, WebhookReceiver receiver) {
        Console console = product.console();
        Parties.register(console, receiver);
        Parties.cameras(console, fleet, CAMERAS);
        console.post(
                "/api/policies",
                """
                {"id":"quick","match":{"kinds":["CAMERA"]},
                 "reminders":{"after":"2s","every":"2s","most":%d},
                 "escalations":[{"after":"3s","tell":{"recipients":["line"]}}]}
                """
                        .formatted(REMINDERS));
    }

    private static long head(Product product) {
        JsonNode page = product.console().get("/api/transitions?after=0&limit=1000").get("items");
        return page.isEmpty() ? 0 : page.get(page.size() - 1).get("seq").asLong();
    }

    private static boolean isFollowUp(LiveEvents.Event event) {
        return event.type().equals("notification")
                && Set.of("REMINDER", "ESCALATED").contains(event.data().get("event").asString());
    }

    private static void untilAllWereEscalated(Product product) {
        Set<String> cameras = new HashSet<>();
        Set<String> reminded = new HashSet<>();
        try (LiveEvents events = product.console().events(0)) {
            events.await(
                    "every fault escalated and reminded of",
                    PATIENCE,
                    event -> {
                        if (isFollowUp(event)
                                && event.data().get("status").asString().equals("SENT")) {
                            boolean reminder =
                                    event.data().get("event").asString().equals("REMINDER");
                            (reminder ? reminded : cameras)
                                    .add(event.data().get("cameraId").asString());
                        }
                        return cameras.size() == CAMERAS && reminded.size() == CAMERAS;
                    });
        }
    }

    /** The vendor, the one it was escalated to, and the control room. */
    private static void untilAllAreTold(Product product) {
        Set<String> told = new HashSet<>();
        try (LiveEvents events = product.console().events(0)) {
            events.await(
                    "every end told",
                    PATIENCE,
                    event -> {
                        if (event.type().equals("notification")
                                && event.data().get("event").asString().equals("RECOVERED")
                                && event.data().get("status").asString().equals("SENT")) {
                            told.add(event.data().get("id").asString());
                        }
                        return told.size() == 3 * CAMERAS;
                    });
        }
    }

    private static void noneIsLostOrDoubled(Console console, WebhookReceiver receiver) {
        List<JsonNode> issues = console.all("/api/issues");
        assertThat(issues).hasSize(CAMERAS);
        Map<String, List<JsonNode>> told =
                console.all("/api/notifications").stream()
                        .filter(one -> one.hasNonNull("issueId"))
                        .collect(Collectors.groupingBy(FollowUpKillTest::lane));
        for (JsonNode issue : issues) {
            String id = issue.get("id").asString();
            assertThat(told.get(id + " vendor OPENED")).hasSize(1);
            assertThat(told.get(id + " line ESCALATED")).hasSize(1);
            assertThat(told.get(id + " vendor REMINDER")).hasSizeBetween(1, REMINDERS);
            for (String party : List.of("vendor", "line", "control")) {
                assertThat(told.get(id + " " + party + " RECOVERED")).hasSize(1);
            }
        }
        Set<String> received =
                receiver.received.stream()
                        .map(WebhookReceiver.Received::id)
                        .collect(Collectors.toSet());
        assertThat(console.all("/api/notifications"))
                .filteredOn(one -> one.get("status").asString().equals("SENT"))
                .as("sent is received")
                .allMatch(
                        one ->
                                received.contains(
                                        one.get(one.hasNonNull("digestId") ? "digestId" : "id")
                                                .asString()));
    }

    private static String lane(JsonNode notice) {
        return notice.get("issueId").asString()
                + " "
                + notice.get("recipientId").asString()
                + " "
                + notice.get("event").asString();
    }
}
