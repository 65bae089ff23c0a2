package cctvout.load;

import static cctvout.load.LoadedCity.say;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A start with all cameras known: when the first probe goes out, and how the first is spread. */
final class StartRun {

    private StartRun() {}

    static void run(Path folder, LoadOptions options) throws Exception {
        try (LoadedCity city = new LoadedCity(folder, options)) {
            city.registered();
            city.healthy();
            again(city, options);
        }
    }

    /** Killed and started again. */
    static void again(LoadedCity city, LoadOptions options) throws Exception {
        city.product().kill();
        long begun = System.nanoTime();
        city.product().startAgain();
        double serving = seconds(begun);
        double first = city.scrape().checks();
        double seen = seconds(begun);
        say("start: serves after %.1f s; %.0f checks have begun by %.1f s", serving, first, seen);
        List<Double> rates = new ArrayList<>();
        double before = first;
        long at = System.nanoTime();
        for (int second = 0; second < options.intervalSeconds(); second++) {
            city.passes(Duration.ofSeconds(1));
            double now = city.scrape().checks();
            long nanos = System.nanoTime();
            rates.add((now - before) / ((nanos - at) / 1e9));
            before = now;
            at = nanos;
        }
        double mean = rates.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double most = rates.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        say(
                "first sweep: %.0f checks/s on average, %.0f at most in a second: %.2f x",
                mean, most, most / mean);
        say("the log: %s", city.started());
        say("checks/s by second: %s", rates.stream().map(Math::round).toList());
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
