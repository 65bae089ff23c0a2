package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Runs inside the fault lab: {@code StormMain line|unrelated FOLDER CAMERAS INTERVAL [--NAME=VALUE
 * ...]}, a city whose cameras all hang on one line, or on a line each, and which is cut for real;
 * the one line is repaired. Says how long each step took.
 */
final class StormMain {

    private static final Duration PATIENCE = Duration.ofSeconds(150);

    /**
     * Other lines that stay: where all fell silent at once, the monitor would call itself blind.
     */
    private static final int STAYING = 100;

    private static final String WELL = "well-";
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xmx768m");

    private final int cameras;
    private final Console console;
    private final WebhookReceiver receiver;
    private final LiveEvents events;
    private final Map<String, Duration> opened = new HashMap<>();

    private StormMain(int cameras, Console console, WebhookReceiver receiver, LiveEvents events) {
        this.cameras = cameras;
        this.console = console;
        this.receiver = receiver;
        this.events = events;
    }

    public static void main(String[] args) throws Exception {
        boolean oneLine = args[0].equals("line");
        Path folder = Path.of(args[1]);
        int cameras = Integer.parseInt(args[2]);
        try (FleetServer fleet =
                        FleetServer.start(FleetOptions.of(Fleet.of(cameras), 0)).toFuture().get();
                WebhookReceiver receiver = new WebhookReceiver(Parties.SECRET);
                Product product = new Product(folder, JVM, settings(args))) {
            Console console = product.console();
            Parties.register(console, receiver);
            console.imported(csv(folder, fleet, oneLine));
            try (LiveEvents events = console.events(0)) {
                StormMain storm = new StormMain(cameras, console, receiver, events);
                if (oneLine) {
                    storm.oneLine();
                } else {
                    storm.unrelated();
                }
                storm.sayHowSoonIssuesCame();
            }
        }
        System.exit(0);
    }

    private static List<String> settings(String... args) {
        List<String> settings =
                new ArrayList<>(
                        List.of(
                                "--cctvout.probe.interval=" + args[3],
                                "--cctvout.probe.first-checks-per-second=1000",
                                "--cctvout.probe.start-share=1"));
        settings.addAll(List.of(args).subList(4, args.length));
        return settings;
    }

    private static Path csv(Path folder, FleetServer fleet, boolean oneLine) throws IOException {
        Stream<String> rows =
                fleet.fleet().cameras().stream()
                        .map(
                                camera ->
                                        String.join(
                                                ",",
                                                camera.id().value(),
                                                camera.ip(),
                                                camera.mediaUrl(fleet.port()),
                                                oneLine ? "L-17" : "L-" + camera.id().value(),
                                                oneLine ? "S-3" : "",
                                                camera.vendor()));
        List<String> lines = new ArrayList<>(List.of("id,ip,hlsUrl,line,site,vendor"));
        lines.addAll(rows.toList());
        for (int i = 1; i <= (oneLine ? 0 : STAYING); i++) {
            lines.add(WELL + i + ",127.250.0." + i + ",,W-" + i + ",,");
        }
        return Files.write(folder.resolve("cameras.csv"), lines);
    }

    private void oneLine() throws Exception {
        all("UNKNOWN>HEALTHY");
        long cut = System.nanoTime();
        nft("add element inet lab cut { 127.16.0.0-127.239.255.255 }");
        Times down = all("HEALTHY>LINE_FAULT");
        say("cut: first fault confirmed after %.1f s", seconds(cut, down.first));
        say("all of them stored and streamed %.1f s later", seconds(down.first, down.last));
        sent("line", "OPENED");
        double told = told("line", down);
        say("notice at the line operator's server %.1f s after the first", told);
        assertThat(told("OPENED")).containsExactly("line");
        assertThat(console.get("/api/outages").get("items")).hasSize(1);
        assertThat(console.get("/api/outages").get("items").get(0).get("key").asString())
                .isEqualTo("line:L-17");

        long repaired = System.nanoTime();
        nft("delete element inet lab cut { 127.16.0.0-127.239.255.255 }");
        Times back = all("LINE_FAULT>HEALTHY");
        say("repaired: first recovery after %.1f s", seconds(repaired, back.first));
        say("all of them stored and streamed %.1f s later", seconds(back.first, back.last));
        sent("line", "RECOVERED");
        sent("control", "RECOVERED");
        assertThat(told("RECOVERED")).containsExactlyInAnyOrder("line", "control");
        assertThat(faults()).allMatch(WebhookReceiver.Received::signed).hasSize(3);
        assertThat(told).as("seconds until it was told").isLessThan(5);
        System.out.println("one outage, one notice, one recovery; the vendor was told nothing");
    }

    private void unrelated() throws Exception {
        all("UNKNOWN>HEALTHY");
        long cut = System.nanoTime();
        nft("add element inet lab cut { 127.16.0.0-127.239.255.255 }");
        Times down = all("HEALTHY>LINE_FAULT");
        say("cut: first fault confirmed after %.1f s", seconds(cut, down.first));
        say("all of them stored and streamed %.1f s later", seconds(down.first, down.last));
        await("all issues", () -> opened.size() == cameras);
        say("all issues committed %.1f s after the first", seconds(down.first, System.nanoTime()));
        await(
                "all issues counted",
                () -> console.get("/api/status").get("openIssues").asInt() == cameras);
        await("all issues told", () -> issuesTold().size() >= cameras);
        say("all told %.1f s after the first", seconds(down.first, System.nanoTime()));
        assertThat(console.get("/api/outages").get("items")).isEmpty();
        assertThat(issuesTold()).hasSize(cameras).doesNotHaveDuplicates();
        assertThat(faults()).allMatch(one -> one.path().equals("/line"));
        System.out.println("messages: " + faults().count());
        assertThat(faults().count()).isLessThan(cameras / 10);
        System.out.println("each issue in one message; no outage, no other party told");
    }

    /**
     * From the deciding result until the issue was here by the live stream, which tells of it when
     * it is committed: the cameras' own rounds are no part of it.
     */
    private void sayHowSoonIssuesCame() {
        List<Duration> all = opened.values().stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "deciding result to its issue, committed and streamed, of %d: p50 %.2f s, p99 %.2f s,"
                        + " max %.2f s%n",
                all.size(),
                all.get(all.size() / 2).toMillis() / 1e3,
                all.get((int) (all.size() * 0.99)).toMillis() / 1e3,
                all.getLast().toMillis() / 1e3);
    }

    private void note(LiveEvents.Event event) {
        if (event.type().equals("issue") && event.data().get("status").asString().equals("OPEN")) {
            Instant decided = Instant.parse(event.data().get("openedAt").asString());
            opened.putIfAbsent(
                    event.data().get("id").asString(), Duration.between(decided, event.at()));
        }
    }

    /** By single notices and digests, one entry for each time. */
    private List<String> issuesTold() {
        List<String> issues = new ArrayList<>();
        for (WebhookReceiver.Received one : faults().toList()) {
            if (one.event().equals("DIGEST")) {
                one.body().get("notices").forEach(it -> issues.add(it.get("issueId").asString()));
            } else {
                issues.add(one.body().get("issueId").asString());
            }
        }
        return issues;
    }

    /** Looks again with every event that comes; there is a comment or a result every second. */
    private void await(String what, BooleanSupplier wanted) {
        long[] lookedAt = {0};
        events.await(
                what,
                PATIENCE,
                event -> {
                    note(event);
                    if (System.nanoTime() - lookedAt[0] < 100_000_000L) {
                        return false;
                    }
                    lookedAt[0] = System.nanoTime();
                    return wanted.getAsBoolean();
                });
    }

    /** What was told of cameras; a busy monitor may tell of itself besides. */
    private Stream<WebhookReceiver.Received> faults() {
        return receiver.received.stream().filter(one -> one.body().path("alarmId").isNull());
    }

    private record Times(long first, long last) {}

    /** Until each camera has made that step. */
    private Times all(String step) {
        Set<String> seen = new HashSet<>();
        long[] times = new long[2];
        events.await(
                cameras + " x " + step,
                PATIENCE,
                event -> {
                    note(event);
                    if (event.type().equals("transition") && event.step().equals(step)) {
                        times[0] = seen.isEmpty() ? System.nanoTime() : times[0];
                        String camera = event.data().get("cameraId").asString();
                        if (!camera.startsWith(WELL)) {
                            seen.add(camera);
                        }
                    }
                    return seen.size() == cameras;
                });
        times[1] = System.nanoTime();
        events.seen().clear();
        return new Times(times[0], times[1]);
    }

    private void sent(String recipient, String notice) {
        if (faults().noneMatch(one -> is(one, recipient, notice))) {
            events.await(
                    recipient + " told " + notice,
                    PATIENCE,
                    _ -> faults().anyMatch(one -> is(one, recipient, notice)));
        }
    }

    private static boolean is(WebhookReceiver.Received one, String recipient, String notice) {
        return one.path().equals("/" + recipient) && one.event().equals(notice);
    }

    private List<String> told(String notice) {
        return faults().filter(one -> one.event().equals(notice))
                .map(one -> one.path().substring(1))
                .toList();
    }

    private double told(String recipient, Times since) {
        return faults().filter(one -> is(one, recipient, "OPENED"))
                .mapToDouble(one -> seconds(since.first, one.nanos()))
                .min()
                .orElseThrow();
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }

    private static void say(String form, double seconds) {
        System.out.printf(Locale.ROOT, form + "%n", seconds);
    }

    private static void nft(String command) throws IOException, InterruptedException {
        Process nft = new ProcessBuilder("nft", command).redirectErrorStream(true).start();
        String said = new String(nft.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(nft.waitFor()).as(said).isZero();
    }
}
