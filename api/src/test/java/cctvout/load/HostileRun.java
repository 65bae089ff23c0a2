package cctvout.load;

import static cctvout.load.LoadedCity.say;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Thousands of hostile devices beside healthy ones, which must not feel them. */
final class HostileRun {

    private record Kind(String fault, String reason, int share) {}

    /** A camera of 10,700; as many again of them as well. */
    private static final List<Kind> KINDS =
            List.of(
                    new Kind("cut", "RESPONSE_TIMEOUT", 5000),
                    new Kind("drip", "BODY_TIMEOUT", 500),
                    new Kind("huge", "BODY_TOO_LARGE", 100),
                    new Kind("gzip-bomb", "BODY_TOO_LARGE", 50),
                    new Kind("redirect-loop", "REDIRECT_LOOP", 50),
                    new Kind("endless-headers", "BODY_TOO_LARGE", 50));

    private static final int HEALTHY = 5000;

    private HostileRun() {}

    static void run(Path folder, LoadOptions options) throws Exception {
        int hostile = KINDS.stream().mapToInt(Kind::share).sum();
        LoadOptions all = options.with(HEALTHY + hostile);
        try (LoadedCity city = new LoadedCity(folder, all)) {
            city.registered();
            city.passes(options.warmupTime());
            Figures without = city.measured("all well");
            int next = HEALTHY + 1;
            Map<Integer, String> expected = new HashMap<>();
            for (Kind kind : KINDS) {
                city.fleet()
                        .order(
                                "cameras %d-%d %s"
                                        .formatted(next, next + kind.share() - 1, kind.fault()));
                for (int i = 0; i < kind.share(); i++) {
                    expected.put(next++, kind.reason());
                }
            }
            Figures found = city.measured("being found");
            city.settles();
            Figures with = city.measured(hostile + " hostile");
            say("%s", Figures.table(List.of(without, found, with)));
            say(
                    "lateness p99 of those that are well: %.2f x",
                    with.latenessP99Ms() / without.latenessP99Ms());
            reasons(city, expected);
        }
    }

    private static void reasons(LoadedCity city, Map<Integer, String> expected) {
        Map<String, LoadedCity.Stand> stands = city.stands();
        Map<String, Integer> seen = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (int camera = 1; camera <= HEALTHY + expected.size(); camera++) {
            LoadedCity.Stand stand = stands.get("cam%05d".formatted(camera));
            String wanted = expected.getOrDefault(camera, "HEALTHY");
            boolean right =
                    stand != null
                            && (wanted.equals("HEALTHY") ? stand.verdict() : stand.reason())
                                    .equals(wanted);
            seen.merge(wanted + ": " + (right ? "seen" : String.valueOf(stand)), 1, Integer::sum);
            if (!right) {
                wrong.add("cam%05d".formatted(camera));
            }
        }
        say("expected: seen, how many: %s", seen);
        say("not as expected: %d %s", wrong.size(), wrong.stream().limit(10).toList());
    }
}
