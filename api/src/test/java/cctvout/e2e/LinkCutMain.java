package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.lab.FaultLab;

import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Runs at the monitor's end of a link whose other end has all the cameras: the link is cut and
 * restored, first the cable, then the packets alone.
 */
final class LinkCutMain {

    static final int CAMERAS = 24;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String farEnd;
    private final String ownAddress;
    private final boolean canary;
    private final Console console;
    private final WebhookReceiver receiver;

    private LinkCutMain(String[] args, Console console, WebhookReceiver receiver) {
        this.farEnd = args[1];
        this.ownAddress = args[2];
        this.canary = !args[3].isEmpty();
        this.console = console;
        this.receiver = receiver;
    }

    /**
     * @param args a folder, the name of the lab at the far end, this end's address, the far end's
     *     as the only canary, or nothing: then the cameras, of several lines, are all there is
     */
    public static void main(String[] args) throws Exception {
        try (WebhookReceiver receiver = new WebhookReceiver(Parties.SECRET);
                Product product =
                        new Product(
                                Path.of(args[0]),
                                "--cctvout.probe.allowed-networks=private",
                                "--cctvout.probe.canaries=" + args[3],
                                "--cctvout.probe.interval=2s",
                                "--cctvout.probe.confirm=300ms,800ms",
                                "--cctvout.probe.icmp.spacing=20ms",
                                "--cctvout.probe.icmp.timeout=300ms",
                                "--cctvout.probe.hls.connect-timeout=500ms")) {
            new LinkCutMain(args, product.console(), receiver).run();
        }
        System.exit(0);
    }

    private void run() throws Exception {
        Parties.register(console, receiver);
        for (int i = 1; i <= CAMERAS; i++) {
            String ip = LinkCutTest.CAMERAS_IN + i;
            Parties.camera(
                    console,
                    "far-" + i,
                    ip,
                    "http://" + ip + ":" + FarCameras.PORT + "/live.m3u8",
                    canary ? Parties.LINE : "L-" + i % 6);
        }
        awaitChecksSince(Instant.EPOCH);
        long before = lastTransition();
        int cuts = 1;
        if (canary) {
            theLinkIsCut(
                    "the cable",
                    cuts++,
                    () -> run("ip", "-n", farEnd, "link", "set", FaultLab.LINK, "down"),
                    () -> run("ip", "-n", farEnd, "link", "set", FaultLab.LINK, "up"));
        }
        theLinkIsCut(
                "the packets",
                cuts,
                () -> run("nft", "add element inet lab cut { " + ownAddress + " }"),
                () -> run("nft", "delete element inet lab cut { " + ownAddress + " }"));
        assertThat(console.get("/api/transitions?limit=1000&after=" + before).get("items"))
                .as("no verdict has changed")
                .isEmpty();
        assertThat(console.all("/api/issues")).isEmpty();
        assertThat(console.all("/api/outages")).isEmpty();
        assertThat(receiver.received)
                .as("nobody but the control room was told, and of nothing else")
                .hasSize(2 * cuts)
                .allMatch(one -> one.path().equals("/control") && one.signed())
                .allMatch(one -> kind(one).equals("MONITOR_BLIND"));
        assertThat(console.all("/api/notifications"))
                .hasSize(4 * cuts)
                .allMatch(one -> one.get("status").asString().equals("SENT"));
        System.out.println("no fault, no issue, nothing to take back");
    }

    private void theLinkIsCut(String what, int time, Step cut, Step restore) throws Exception {
        int told = 2 * time;
        long unclear = inconclusive();
        Instant cutAt = Instant.now();
        cut.run();
        await("told of blindness", () -> receiver.received.size() > told - 2);
        Duration took = Duration.between(cutAt, Instant.now());
        assertThat(receiver.received.getLast().event()).isEqualTo("OPENED");
        System.out.printf("%s: monitor blind told after %.1f s%n", what, took.toMillis() / 1000.0);
        assertThat(took).as("within 15 s on a machine of its own").isLessThan(PATIENCE);
        // each has been looked at in the dark
        await("checks that say nothing", () -> inconclusive() >= unclear + 2 * CAMERAS);
        assertThat(receiver.received).as("told once").hasSize(told - 1);

        restore.run();
        Instant restored = Instant.now();
        await("told of its end", () -> receiver.received.size() > told - 1);
        assertThat(receiver.received.getLast().event()).isEqualTo("RECOVERED");
        assertThat(alarm(receiver.received.getLast()))
                .isEqualTo(alarm(receiver.received.get(told - 2)));
        awaitChecksSince(restored);
        System.out.println(what + ": restored, checks go on");
    }

    private static String kind(WebhookReceiver.Received one) {
        return one.body().at("/alarm/kind").asString();
    }

    private static String alarm(WebhookReceiver.Received one) {
        return one.body().get("alarmId").asString();
    }

    /** Until every camera has been checked with both probes since, and is healthy. */
    private void awaitChecksSince(Instant time) {
        Set<String> left = new HashSet<>();
        for (int i = 1; i <= CAMERAS; i++) {
            left.add("far-" + i);
        }
        await(
                "healthy since " + time,
                () -> {
                    left.removeIf(
                            id -> {
                                JsonNode status = console.get("/api/cameras/" + id + "/status");
                                return status.get("verdict").asString("").equals("HEALTHY")
                                        && isSince(status.path("icmp"), time)
                                        && isSince(status.path("hls"), time);
                            });
                    return left.isEmpty();
                });
    }

    private static boolean isSince(JsonNode probe, Instant time) {
        String at = probe.path("checkedAt").asString("");
        return !at.isEmpty() && Instant.parse(at).isAfter(time);
    }

    private long inconclusive() {
        return console.get("/api/status").get("engine").get("inconclusive").asLong();
    }

    private long lastTransition() {
        long last = 0;
        for (JsonNode one : console.get("/api/transitions?limit=1000").get("items")) {
            last = Math.max(last, one.get("seq").asLong());
        }
        return last;
    }

    private static void await(String what, BooleanSupplier wanted) {
        StepVerifier.create(
                        Flux.interval(Duration.ofMillis(100), Schedulers.boundedElastic())
                                .onBackpressureDrop()
                                .filter(_ -> wanted.getAsBoolean())
                                .next())
                .as(what)
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** Of what the tests expect. */
    static List<String> steps() {
        return List.of(
                "the packets: restored, checks go on", "no fault, no issue, nothing to take back");
    }
}
