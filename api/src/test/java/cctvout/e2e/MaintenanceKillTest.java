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
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * {@code kill -9} while notices are held for maintenance, and right behind its end: who was told is
 * told of the end once, who was not, is not.
 */
class MaintenanceKillTest {

    private static final int CAMERAS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir Path folder;

    @Test
    void whatIsHeldOutlivesTheProcess() throws Exception {
        rounds(1, 0);
    }

    @Test
    @Tag("load")
    void andSoItDoesAgainAndAgain() throws Exception {
        rounds(6, 1);
    }

    private void rounds(int rounds, int killsAtTheEnd) throws Exception {
        try (FleetServer fleet =
                        FleetServer.start(FleetOptions.of(Fleet.of(CAMERAS), 0)).toFuture().get();
                WebhookReceiver receiver = new WebhookReceiver(Parties.SECRET);
                Product product = Product.quick(folder)) {
            register(product.console(), fleet, receiver);
            for (int round = 0; round < rounds; round++) {
                heldThroughAKill(product, fleet, receiver, "work-" + round, killsAtTheEnd);
            }
        }
    }

    private static void register(Console console, FleetServer fleet, WebhookReceiver receiver) {
        Parties.register(console, receiver);
        Parties.cameras(console, fleet, CAMERAS);
    }

    /**
     * 1 and 2 fail before the work and get well in it, 3 and 4 fail and get well in it, 5 and 6
     * only fail.
     */
    private static void heldThroughAKill(
            Product product,
            FleetServer fleet,
            WebhookReceiver receiver,
            String work,
            int killsAtTheEnd) {
        Set<String> old = ids(product.console());
        fail(fleet, 1, 2);
        until(product, old, 2, one -> is(one, "OPENED", "SENT"));
        product.console().post("/api/maintenance-windows", window(work));
        recover(fleet, 1, 2);
        fail(fleet, 3, 4, 5, 6);
        until(product, old, 4, one -> is(one, "RECOVERED", "CREATED"));
        until(product, old, CAMERAS, one -> is(one, "OPENED", "CREATED"));
        product.kill();
        product.startAgain();
        recover(fleet, 3, 4);
        until(product, old, 2, one -> is(one, "OPENED", "CANCELLED"));
        assertThat(fresh(product.console(), old))
                .filteredOn(one -> one.get("status").asString().equals("SENT"))
                .hasSize(2);

        product.console().delete("/api/maintenance-windows/" + work);
        for (int kill = 0; kill < killsAtTheEnd; kill++) {
            product.kill();
            product.startAgain();
        }
        until(product, old, 4, one -> is(one, "OPENED", "SENT"));
        until(product, old, 4, one -> is(one, "RECOVERED", "SENT"));
        fleet.faults().recover(new Target.All());
        until(product, old, 8, one -> is(one, "RECOVERED", "SENT"));
        noneIsLostOrDoubled(fresh(product.console(), old), receiver);
    }

    private static void fail(FleetServer fleet, int... cameras) {
        IntStream.of(cameras).forEach(i -> fleet.faults().set(Target.camera(i), Fault.NOT_FOUND));
    }

    private static void recover(FleetServer fleet, int... cameras) {
        IntStream.of(cameras).forEach(i -> fleet.faults().recover(Target.camera(i)));
    }

    private static String window(String id) {
        Instant now = Instant.now();
        return """
        {"id":"%s","scope":{"lines":["L-17"]},"startsAt":"%s","endsAt":"%s"}
        """
                .formatted(id, now.minusSeconds(60), now.plusSeconds(7200));
    }

    private static boolean is(JsonNode notice, String event, String status) {
        return notice.get("event").asString().equals(event)
                && notice.get("status").asString().equals(status);
    }

    private static Set<String> ids(Console console) {
        return console.all("/api/notifications").stream()
                .map(one -> one.get("id").asString())
                .collect(Collectors.toSet());
    }

    private static List<JsonNode> fresh(Console console, Set<String> old) {
        return console.all("/api/notifications").stream()
                .filter(one -> !old.contains(one.get("id").asString()))
                .toList();
    }

    /** As many of them as that, as they are by now. */
    private static void until(
            Product product, Set<String> old, int count, Predicate<JsonNode> wanted) {
        Set<String> found = new HashSet<>();
        try (LiveEvents events = product.console().events(0)) {
            events.await(
                    count + " notices",
                    PATIENCE,
                    event -> {
                        if (event.type().equals("notification")
                                && !old.contains(event.data().get("id").asString())
                                && wanted.test(event.data())) {
                            found.add(event.data().get("id").asString());
                        }
                        return found.size() >= count;
                    });
        }
    }

    private static void noneIsLostOrDoubled(List<JsonNode> told, WebhookReceiver receiver) {
        Map<String, List<JsonNode>> sent =
                told.stream()
                        .filter(one -> one.get("status").asString().equals("SENT"))
                        .collect(Collectors.groupingBy(MaintenanceKillTest::lane));
        for (String camera : List.of("c1", "c2", "c5", "c6")) {
            assertThat(sent.get(camera + " vendor OPENED")).hasSize(1);
            assertThat(sent.get(camera + " vendor RECOVERED")).hasSize(1);
            assertThat(sent.get(camera + " control RECOVERED")).hasSize(1);
        }
        assertThat(sent).hasSize(12);
        Set<String> received =
                receiver.received.stream()
                        .map(WebhookReceiver.Received::id)
                        .collect(Collectors.toSet());
        for (JsonNode one : told) {
            boolean isSent = one.get("status").asString().equals("SENT");
            assertThat(received.contains(one.get("id").asString())).isEqualTo(isSent);
        }
    }

    private static String lane(JsonNode notice) {
        return notice.get("cameraId").asString()
                + " "
                + notice.get("recipientId").asString()
                + " "
                + notice.get("event").asString();
    }
}
