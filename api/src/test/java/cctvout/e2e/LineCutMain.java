package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.simulator.Fault;
import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.Target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;

/**
 * Runs inside the fault lab: a real city of two cameras, a line that is cut, a stream that freezes.
 */
final class LineCutMain {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private LineCutMain() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        try (FleetServer fleet = fleet();
                WebhookReceiver receiver = new WebhookReceiver(Parties.SECRET);
                Product product =
                        new Product(
                                folder,
                                "--cctvout.probe.interval=2s",
                                "--cctvout.probe.confirm=300ms,800ms",
                                "--cctvout.probe.icmp.spacing=20ms",
                                "--cctvout.probe.icmp.timeout=300ms",
                                "--cctvout.probe.hls.connect-timeout=500ms")) {
            Console console = product.console();
            Parties.register(console, receiver);
            Parties.camera(console, "cut", ip(fleet, 1), fleet.url(1));
            Parties.camera(console, "freeze", ip(fleet, 2), fleet.url(2));
            try (LiveEvents events = console.events(0)) {
                events.await("both healthy", PATIENCE, event -> healthy(event, "cut"));
                theLineIsCut(fleet, receiver, events);
                theStreamFreezes(fleet, receiver, events);
            }
            System.out.println(
                    "icmp " + console.get("/api/status").get("engine").get("icmp").asString());
        }
        System.exit(0);
    }

    private static boolean healthy(LiveEvents.Event event, String camera) {
        return event.type().equals("transition")
                && event.isOf(camera)
                && event.step().equals("UNKNOWN>HEALTHY");
    }

    private static void theLineIsCut(FleetServer fleet, WebhookReceiver receiver, LiveEvents events)
            throws Exception {
        nft("add element inet lab cut { " + ip(fleet, 1) + " }");
        var fault = events.awaitTransition("cut", "HEALTHY>LINE_FAULT", PATIENCE);
        assertThat(fault.data().get("reason").asString()).isEqualTo("ICMP_TIMEOUT");
        sent(events, "cut", "line", "OPENED");
        assertThat(receiver.of("line", "cut"))
                .singleElement()
                .satisfies(
                        told -> {
                            assertThat(told.event()).isEqualTo("OPENED");
                            assertThat(told.signed()).isTrue();
                        });
        System.out.println("cut: one signed OPENED for the line operator");

        nft("delete element inet lab cut { " + ip(fleet, 1) + " }");
        events.awaitTransition("cut", "LINE_FAULT>HEALTHY", PATIENCE);
        sent(events, "cut", "line", "RECOVERED");
        assertThat(receiver.of("line", "cut"))
                .extracting(WebhookReceiver.Received::event)
                .containsExactly("OPENED", "RECOVERED");
        awaitControlRoom(receiver, events, "cut");
        assertThat(receiver.of("vendor", "cut")).isEmpty();
        assertThat(receiver.of("stream", "cut")).isEmpty();
        System.out.println(
                "repaired: one RECOVERED for the line operator and the control room, none for the vendor");
    }

    private static void theStreamFreezes(
            FleetServer fleet, WebhookReceiver receiver, LiveEvents events) {
        fleet.faults().set(Target.camera(2), Fault.FREEZE);
        var fault = events.awaitTransition("freeze", "HEALTHY>CAMERA_FAULT", PATIENCE);
        assertThat(fault.data().get("reason").asString()).isEqualTo("STALE_PLAYLIST");
        assertThat(fault.data().get("evidence").get("icmp").get("status").asString())
                .isEqualTo("SUCCESS");
        sent(events, "freeze", "vendor", "OPENED");
        fleet.faults().recover(Target.camera(2));
        events.awaitTransition("freeze", "CAMERA_FAULT>HEALTHY", PATIENCE);
        sent(events, "freeze", "vendor", "RECOVERED");
        awaitControlRoom(receiver, events, "freeze");
        assertThat(receiver.of("vendor", "freeze"))
                .extracting(WebhookReceiver.Received::event)
                .containsExactly("OPENED", "RECOVERED");
        assertThat(receiver.of("line", "freeze")).isEmpty();
        assertThat(receiver.of("stream", "freeze")).isEmpty();
        System.out.println("frozen: the vendor alone was told, and told that it is over");
    }

    /** Its notice may have been sent before or after the party's: both go out at once. */
    private static void awaitControlRoom(
            WebhookReceiver receiver, LiveEvents events, String camera) {
        if (receiver.of("control", camera).isEmpty()) {
            sent(events, camera, "control", "RECOVERED");
        }
        assertThat(receiver.of("control", camera))
                .extracting(WebhookReceiver.Received::event)
                .containsExactly("RECOVERED");
    }

    private static void sent(LiveEvents events, String camera, String recipient, String notice) {
        events.await(
                recipient + " told " + notice + " of " + camera,
                PATIENCE,
                event ->
                        event.type().equals("notification")
                                && event.isOf(camera)
                                && event.data().get("recipientId").asString().equals(recipient)
                                && event.data().get("event").asString().equals(notice)
                                && event.data().get("status").asString().equals("SENT"));
    }

    private static FleetServer fleet() throws ExecutionException, InterruptedException {
        return FleetServer.start(
                        FleetOptions.of(Fleet.of(2), 0).inSegmentsOf(Duration.ofSeconds(1)))
                .toFuture()
                .get();
    }

    private static String ip(FleetServer fleet, int camera) {
        return Objects.requireNonNull(Objects.requireNonNull(fleet.fleet().camera(camera)).ip());
    }

    private static void nft(String command) throws IOException, InterruptedException {
        Process nft = new ProcessBuilder("nft", command).redirectErrorStream(true).start();
        String said = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(nft.waitFor()).as(said).isZero();
    }
}
