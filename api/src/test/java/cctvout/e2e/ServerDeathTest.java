package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.SimulatedCamera;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** As in open data: 92 cameras without an address of their own, all on one media server. */
class ServerDeathTest {

    private static final int CAMERAS = 92;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir Path folder;

    @Test
    @Tag("load")
    void aDeadMediaServerIsToldToItsOperatorAloneAsOneOutageAndTakenBackOnce() throws Exception {
        FleetOptions options = FleetOptions.of(Fleet.of(CAMERAS, CAMERAS), 0);
        FleetServer server = FleetServer.start(options).toFuture().get();
        int port = server.port();
        try (WebhookReceiver receiver = new WebhookReceiver(Parties.SECRET);
                Product product =
                        new Product(
                                folder,
                                "--cctvout.probe.interval=30s",
                                "--cctvout.outage.hold=10s",
                                "--cctvout.probe.confirm=300ms,800ms",
                                "--cctvout.probe.hls.connect-timeout=500ms")) {
            Console console = product.console();
            Parties.register(console, receiver);
            assertThat(console.imported(csv(server)).get("created").asInt()).isEqualTo(CAMERAS);
            try (LiveEvents events = console.events(0)) {
                all(events, "UNKNOWN>HEALTHY");
                server.close();
                all(events, "HEALTHY>STREAM_SERVER_FAULT");
                told(events, receiver, "stream", "OPENED");
                oneOutage(console);

                server = FleetServer.start(options.onPort(port)).toFuture().get();
                all(events, "STREAM_SERVER_FAULT>HEALTHY");
                told(events, receiver, "stream", "RECOVERED");
                told(events, receiver, "control", "RECOVERED");
            }
            assertThat(receiver.received)
                    .extracting(WebhookReceiver.Received::path, WebhookReceiver.Received::event)
                    .containsExactlyInAnyOrder(
                            tuple("/stream", "OPENED"),
                            tuple("/stream", "RECOVERED"),
                            tuple("/control", "RECOVERED"));
            assertThat(console.all("/api/issues"))
                    .hasSize(CAMERAS)
                    .allSatisfy(issue -> assertThat(text(issue, "status")).isEqualTo("RESOLVED"));
        } finally {
            server.close();
        }
    }

    /** No column for an address: all that is known of a camera's place is its stream's host. */
    private Path csv(FleetServer server) throws IOException {
        Stream<String> rows =
                server.fleet().cameras().stream().map(camera -> row(camera, server.port()));
        List<String> lines = Stream.concat(Stream.of("id,name,hlsUrl,line,vendor"), rows).toList();
        return Files.write(folder.resolve("cameras.csv"), lines);
    }

    private static String row(SimulatedCamera camera, int port) {
        return String.join(
                ",",
                camera.id().value(),
                camera.name(),
                camera.hlsUrl(port),
                camera.line(),
                camera.vendor());
    }

    private static void all(LiveEvents events, String step) {
        Set<String> seen = new HashSet<>();
        events.await(
                CAMERAS + " x " + step,
                PATIENCE,
                event -> {
                    if (event.type().equals("transition") && event.step().equals(step)) {
                        seen.add(text(event.data(), "cameraId"));
                    }
                    return seen.size() == CAMERAS;
                });
    }

    private static void told(
            LiveEvents events, WebhookReceiver receiver, String recipient, String notice) {
        if (receiver.received.stream().noneMatch(one -> is(one, recipient, notice))) {
            events.await(
                    recipient + " told " + notice,
                    PATIENCE,
                    _ -> receiver.received.stream().anyMatch(one -> is(one, recipient, notice)));
        }
    }

    private static boolean is(WebhookReceiver.Received one, String recipient, String notice) {
        return one.path().equals("/" + recipient) && one.event().equals(notice);
    }

    private static void oneOutage(Console console) {
        List<JsonNode> outages = console.all("/api/outages");
        assertThat(outages).hasSize(1);
        assertThat(text(outages.getFirst(), "kind")).isEqualTo("STREAM_SERVER");
        assertThat(text(outages.getFirst(), "key")).isEqualTo("host:127.240.0.1");
        assertThat(outages.getFirst().get("cameras")).hasSize(CAMERAS);
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asString();
    }
}
