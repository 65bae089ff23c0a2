package cctvout.load;

import static cctvout.load.LoadedCity.say;

import tools.jackson.databind.JsonNode;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A thousand dashboards of one process: faults that come one by one, then of all cameras, three
 * times, the second time beside clients that never read, then all come back at once and catch up.
 */
final class StreamRun {

    private static final int CLIENTS = Integer.getInteger("load.clients", 1000);
    private static final int SILENT = Integer.getInteger("load.silent", 50);
    private static final int CAMERAS = Integer.getInteger("load.streamed", 5000);
    private static final int INTERVAL_SECONDS = 10;
    private static final int SINGLE = Math.min(300, CAMERAS / 2);
    private static final int STEP = CAMERAS / SINGLE;
    private static final int LONGEST_SECONDS = 180;
    private static final int PAGE = 1000;

    /** Longer than {@code cctvout.stream.stall-timeout}. */
    private static final Duration STALLED = Duration.ofSeconds(35);

    private static final int CALM_SECONDS = 5;

    private final LoadedCity city;
    private final StreamClients clients;

    private StreamRun(LoadedCity city, StreamClients clients) {
        this.city = city;
        this.clients = clients;
    }

    static void run(Path folder, LoadOptions options) throws Exception {
        LoadOptions quick = options.with(CAMERAS).every(INTERVAL_SECONDS);
        try (LoadedCity city =
                new LoadedCity(
                        folder,
                        quick,
                        "--cctvout.probe.down-interval=" + INTERVAL_SECONDS + "s",
                        "--cctvout.probe.first-checks-per-second=1000")) {
            city.registered();
            city.healthy();
            String token =
                    city.console()
                            .post("/api/tokens", "{\"name\":\"load\"}")
                            .get("token")
                            .asString();
            try (StreamClients clients = new StreamClients(city.product().port(), token)) {
                new StreamRun(city, clients).measure();
            }
        }
    }

    private void measure() throws Exception {
        calm();
        long begun = head();
        long at = System.nanoTime();
        say("%s in %.1f s", clients.does("open " + CLIENTS + " " + begun), seconds(at));
        single();
        all("all cameras");
        say("%s", clients.does("silent " + SILENT + " " + begun));
        all("all cameras, " + SILENT + " clients never read");
        city.passes(STALLED);
        say(
                "closed for not reading: %.0f",
                city.scrape().sum("cctvout_stream_closed_total", "reason=\"stalled\""));
        all("all cameras, these are gone");
        catchUp();
    }

    private void single() throws Exception {
        single("one by one", "404");
        single("one by one, recovery", "recover");
        single("one by one, warm", "404");
        single("one by one, warm, recovery", "recover");
    }

    private void single(String what, String fault) throws Exception {
        clients.does("begin");
        Phase phase = new Phase(what);
        for (int camera = 1; camera <= SINGLE; camera++) {
            city.fleet().order("camera " + camera * STEP + " " + fault);
            city.passes(Duration.ofMillis(50));
        }
        phase.ends(SINGLE);
        calm();
    }

    private void all(String what) throws Exception {
        clients.does("begin");
        Phase phase = new Phase(what);
        city.fleet().order("all 404");
        clients.does("await " + CAMERAS + " " + LONGEST_SECONDS);
        city.fleet().order("all recover");
        phase.ends(2 * CAMERAS);
        city.healthy();
        calm();
    }

    private void catchUp() throws Exception {
        clients.does("close");
        city.passes(Duration.ofSeconds(2));
        long from = 0;
        JsonNode newest = city.console().get("/api/transitions?after=0&limit=1");
        long head = head();
        // the numbers of issues and notices stand between those of transitions
        from = Math.max(newest.get("items").get(0).get("seq").asLong(), head - 16_000);
        Phase phase = new Phase("all back at once, behind by " + (head - from) + " numbers", from);
        clients.does("open " + CLIENTS + " " + from);
        phase.ends(phase.expected());
    }

    /** What was decided is written, and read by all. */
    private void calm() throws InterruptedException {
        city.passes(Duration.ofSeconds(CALM_SECONDS));
    }

    private long head() {
        return city.console().get("/api/statuses?limit=1").get("seq").asLong();
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /** From its begin until all clients have all; what they got is compared with the log. */
    private final class Phase {
        private final String what;
        private final long from;
        private final long begun = System.nanoTime();
        private final double product = ProcessFigures.cpuSeconds(city.product().pid());
        private final double readers = ProcessFigures.cpuSeconds(clients.pid());

        Phase(String what) {
            this(what, head());
        }

        Phase(String what, long from) {
            this.what = what;
            this.from = from;
        }

        /** Transitions that the log holds since. */
        int expected() {
            return (int) log()[0];
        }

        void ends(int transitions) throws Exception {
            String reached = clients.does("await " + transitions + " " + LONGEST_SECONDS);
            double took = seconds(begun);
            String report = clients.does("report");
            long[] log = log();
            boolean same =
                    report.contains("digests [" + log[1] + "]") && report.contains("disorder 0");
            say(
                    "%s: %d transitions in %.1f s, %s; CPU of the application %.1f s, of the readers %.1f s, resident %.0f MiB%n    %s%n    %s",
                    what,
                    log[0],
                    took,
                    reached,
                    ProcessFigures.cpuSeconds(city.product().pid()) - product,
                    ProcessFigures.cpuSeconds(clients.pid()) - readers,
                    ProcessFigures.residentMiB(city.product().pid()),
                    report,
                    same ? "as in the log" : "NOT as in the log: " + log[1]);
            if (!same) {
                throw new AssertionError("clients saw something else than the log: " + report);
            }
        }

        /** How many since, and their digest. */
        private long[] log() {
            long after = from;
            long count = 0;
            long digest = 0;
            JsonNode items;
            do {
                items =
                        city.console()
                                .get("/api/transitions?limit=" + PAGE + "&after=" + after)
                                .get("items");
                for (JsonNode transition : items) {
                    after = transition.get("seq").asLong();
                    digest = StreamReading.digest(digest, after);
                    count++;
                }
            } while (items.size() == PAGE);
            return new long[] {count, digest};
        }
    }
}
