package cctvout.load;

import cctvout.e2e.Console;
import cctvout.e2e.Product;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A simulated fleet and the product that watches it, three processes with PostgreSQL. */
final class LoadedCity implements AutoCloseable {

    private static final Duration SAMPLE = Duration.ofSeconds(10);
    private static final int SAME_LOOKS = 3;
    private static final int MOST_LOOKS = 60;
    private static final Pattern STARTED =
            Pattern.compile(
                    "PostgreSQL runs on|Schema of|Probing every|First result|Cameras read|is up:");
    private static final int PAGE = 1000;
    private static final int LONGEST_SECONDS = 300;

    private final LoadOptions options;
    private final Path folder;
    private final FleetProcess fleet;
    private final Product product;
    private final Console console;

    LoadedCity(Path folder, LoadOptions options, String... settings) throws IOException {
        this.folder = folder;
        this.options = options;
        this.fleet = new FleetProcess(options.cameras());
        List<String> all = new ArrayList<>(List.of(settings));
        all.add("--cctvout.probe.interval=" + options.intervalSeconds() + "s");
        all.add("--cctvout.security.requests-per-second=100000");
        this.product = new Product(folder, options.jvmOptions(), all);
        this.console = product.console();
    }

    FleetProcess fleet() {
        return fleet;
    }

    Product product() {
        return product;
    }

    Console console() {
        return console;
    }

    Path folder() {
        return folder;
    }

    /** All cameras, by one CSV file; says how long it took. */
    void registered() throws IOException {
        Path csv = folder.resolve("cameras.csv");
        fleet.writeCsv(csv);
        Path file = Boolean.getBoolean("load.xlsx") ? SpreadsheetFile.of(csv) : csv;
        double engine = ProcessFigures.cpuSeconds(product.pid());
        double database = ProcessFigures.cpuSecondsOfTree(ProcessFigures.postmaster(folder));
        long begun = System.nanoTime();
        JsonNode report = console.imported(file);
        say(
                "%d cameras imported in %.1f s (%d new), CPU of the application %.1f s, of PostgreSQL %.1f s",
                report.get("received").asInt(),
                (System.nanoTime() - begun) / 1e9,
                report.get("created").asInt(),
                ProcessFigures.cpuSeconds(product.pid()) - engine,
                ProcessFigures.cpuSecondsOfTree(ProcessFigures.postmaster(folder)) - database);
    }

    /** What the product's log says of its latest start, times first. */
    String started() throws IOException {
        List<String> lines = Files.readAllLines(product.logFile());
        StringBuilder said = new StringBuilder();
        for (String line : lines) {
            if (line.contains("Starting CctvOutApplication")) {
                said.setLength(0);
            }
            if (STARTED.matcher(line).find()) {
                said.append("\n    ").append(line);
            }
        }
        return said.toString();
    }

    /** Waits until all cameras are; says where they are not in time. */
    void healthy() throws InterruptedException {
        for (int i = 0; i < LONGEST_SECONDS && scrape().healthy() < options.cameras(); i++) {
            passes(Duration.ofSeconds(1));
        }
        say("%.0f of them healthy", scrape().healthy());
    }

    void passes(Duration time) throws InterruptedException {
        product.runsFor(time);
    }

    /** Until no camera changes between well and not for half a minute; says how long it took. */
    void settles() throws InterruptedException {
        long begun = System.nanoTime();
        double before = -1;
        int same = 0;
        for (int look = 0; look < MOST_LOOKS && same < SAME_LOOKS; look++) {
            passes(SAMPLE);
            double healthy = scrape().healthy();
            same = healthy == before ? same + 1 : 0;
            before = healthy;
        }
        say("settled after %.0f s", (System.nanoTime() - begun) / 1e9);
    }

    Scrape scrape() {
        return new Scrape(console.text("/actuator/prometheus"));
    }

    Figures measured(String what) throws InterruptedException {
        return measured(what, options.measureTime());
    }

    Figures measured(String what, Duration time) throws InterruptedException {
        long postmaster = ProcessFigures.postmaster(folder);
        Scrape first = scrape();
        double engine = ProcessFigures.cpuSeconds(product.pid());
        double database = ProcessFigures.cpuSecondsOfTree(postmaster);
        double server = ProcessFigures.cpuSeconds(fleet.pid());
        long begun = System.nanoTime();
        List<Double> p50 = new ArrayList<>();
        List<Double> p99 = new ArrayList<>();
        for (long i = 0; i < time.dividedBy(SAMPLE); i++) {
            passes(SAMPLE);
            Scrape now = scrape();
            p50.add(now.latenessMs("0.5"));
            p99.add(now.latenessMs("0.99"));
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        Scrape last = scrape();
        Figures figures =
                new Figures(
                        what,
                        (ProcessFigures.cpuSeconds(product.pid()) - engine) / seconds,
                        (ProcessFigures.cpuSecondsOfTree(postmaster) - database) / seconds,
                        (ProcessFigures.cpuSeconds(fleet.pid()) - server) / seconds,
                        ProcessFigures.residentMiB(product.pid()),
                        (last.checks() - first.checks()) / seconds,
                        median(p50),
                        median(p99),
                        p99.stream().mapToDouble(Double::doubleValue).max().orElse(0),
                        Math.round(last.badProbes() - first.badProbes()),
                        Math.round(last.healthy()));
        say("%s", figures);
        return figures;
    }

    static double median(List<Double> values) {
        return values.stream().sorted().skip((values.size() - 1) / 2).findFirst().orElse(0.0);
    }

    /** Where a camera stands by its last transition. */
    record Stand(String verdict, String reason) {}

    /** Cameras that were ever found other than healthy, by the log. */
    Set<String> everBad() {
        Set<String> bad = new HashSet<>();
        eachTransition(
                transition -> {
                    if (!transition.get("to").asString().equals("HEALTHY")) {
                        bad.add(transition.get("cameraId").asString());
                    }
                });
        return bad;
    }

    /** By camera; none of those that were never judged. */
    Map<String, Stand> stands() {
        Map<String, Stand> last = new HashMap<>();
        eachTransition(
                transition ->
                        last.put(
                                transition.get("cameraId").asString(),
                                new Stand(
                                        transition.get("to").asString(),
                                        transition.get("reason").asString())));
        return last;
    }

    private void eachTransition(Consumer<JsonNode> taker) {
        long after = 0;
        JsonNode items;
        do {
            items = console.get("/api/transitions?limit=" + PAGE + "&after=" + after).get("items");
            for (JsonNode transition : items) {
                after = transition.get("seq").asLong();
                taker.accept(transition);
            }
        } while (items.size() == PAGE);
    }

    /** On standard output at once: a run takes minutes. */
    static void say(String form, Object... values) {
        System.out.printf(Locale.ROOT, form + "%n", values);
    }

    @Override
    public void close() {
        product.close();
        fleet.close();
    }
}
