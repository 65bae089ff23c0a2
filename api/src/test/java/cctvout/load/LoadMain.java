package cctvout.load;

import static cctvout.load.LoadedCity.say;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * {@code LoadMain RUN FOLDER}: one run with its table, as its own JVM so that a lab may hold it.
 */
final class LoadMain {

    private interface Run {
        void in(Path folder, LoadOptions options) throws Exception;
    }

    private static final Map<String, Run> RUNS =
            Map.of(
                    "steady", LoadMain::steady,
                    "import", ImportRun::run,
                    "start", StartRun::run,
                    "intervals", LoadMain::intervals,
                    "black-holes", LoadMain::blackHoles,
                    "hostile", HostileRun::run,
                    "stream", StreamRun::run,
                    "memory", LoadMain::memory);

    private LoadMain() {}

    public static void main(String[] args) throws Exception {
        LoadOptions options = LoadOptions.ofProperties();
        say("%s: %s", args[0], options);
        Objects.requireNonNull(RUNS.get(args[0]), args[0]).in(Path.of(args[1]), options);
        System.exit(0);
    }

    /** All well; then a restart, and how the first sweep is spread. */
    private static void steady(Path folder, LoadOptions options) throws Exception {
        try (LoadedCity city = new LoadedCity(folder, options)) {
            city.registered();
            city.passes(options.warmupTime());
            Figures figures = city.measured("steady");
            Set<String> bad = city.everBad();
            say("false faults: %d %s", bad.size(), bad.stream().limit(5).toList());
            StartRun.again(city, options);
            say("%s", Figures.table(List.of(figures)));
        }
    }

    /** Shorter and shorter, until lateness no longer holds. */
    private static void intervals(Path folder, LoadOptions options) throws Exception {
        List<Figures> rows = new ArrayList<>();
        for (String seconds : System.getProperty("load.intervals", "30,20,15").split(",")) {
            LoadOptions shorter = options.every(Integer.parseInt(seconds));
            Path own = Files.createDirectories(folder.resolve(seconds));
            try (LoadedCity city = new LoadedCity(own, shorter)) {
                city.registered();
                city.passes(options.warmupTime());
                rows.add(city.measured("every " + seconds + " s"));
            }
        }
        say("%s", Figures.table(rows));
    }

    /**
     * Inside the fault lab, by turns with all well: a fifth of all addresses answers nothing, of
     * the others a hundredth drips. Looked at from the cut on, and again when all of it is found.
     */
    private static void blackHoles(Path folder, LoadOptions options) throws Exception {
        List<Figures> without = new ArrayList<>();
        List<Figures> found = new ArrayList<>();
        List<Figures> with = new ArrayList<>();
        try (LoadedCity city = new LoadedCity(folder, options)) {
            city.registered();
            for (int round = 0; round < Integer.getInteger("load.rounds", 2); round++) {
                city.passes(options.warmupTime());
                without.add(city.measured("all well"));
                // addresses of cameras go by turns through 127.16 to 127.239
                nft("add element inet lab cut { 127.16.0.0-127.60.255.255 }");
                for (int camera = 101; camera <= options.cameras(); camera += 112) {
                    city.fleet().order("camera " + camera + " drip");
                }
                found.add(city.measured("cut, being found"));
                city.settles();
                with.add(city.measured("20 % cut, 1 % dripping"));
                nft("flush set inet lab cut");
                city.fleet().order("all recover");
            }
        }
        List<Figures> all = new ArrayList<>(without);
        all.addAll(found);
        all.addAll(with);
        say("%s", Figures.table(all));
        say("lateness p99 of those that are well: %.2f x", p99(with) / p99(without));
    }

    private static double p99(List<Figures> rounds) {
        return LoadedCity.median(rounds.stream().map(Figures::latenessP99Ms).toList());
    }

    private static void nft(String command) throws Exception {
        Process nft = new ProcessBuilder("nft", command).inheritIO().start();
        if (nft.waitFor() != 0) {
            throw new IllegalStateException("nft " + command);
        }
    }

    /** What is alive after a collection, by number of cameras. */
    private static void memory(Path folder, LoadOptions options) throws Exception {
        double none = 0;
        for (int cameras : new int[] {1, 10_000, 50_000}) {
            Path own = Files.createDirectories(folder.resolve("of-" + cameras));
            try (LoadedCity city = new LoadedCity(own, options.with(cameras))) {
                city.registered();
                city.passes(options.warmupTime());
                double alive = alive(city.product().pid());
                none = cameras == 1 ? alive : none;
                say(
                        "%6d cameras: %.1f MiB alive after a collection, %.0f bytes a camera, %.0f MiB resident",
                        cameras,
                        alive / (1 << 20),
                        (alive - none) / cameras,
                        ProcessFigures.residentMiB(city.product().pid()));
            }
        }
    }

    /** Bytes; a full collection, then the heap's use as the JVM says it. */
    private static double alive(long pid) throws Exception {
        jcmd(pid, "GC.run");
        return jcmd(pid, "GC.class_histogram")
                .lines()
                .filter(line -> line.startsWith("Total"))
                .mapToDouble(line -> Double.parseDouble(line.trim().split("\\s+")[2]))
                .findFirst()
                .orElseThrow();
    }

    private static String jcmd(long pid, String command) throws Exception {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid),
                                command)
                        .start();
        String said = new String(jcmd.getInputStream().readAllBytes());
        jcmd.waitFor();
        return said;
    }
}
