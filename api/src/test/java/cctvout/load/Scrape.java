package cctvout.load;

import java.util.function.Predicate;

/** One reading of {@code /actuator/prometheus}. */
record Scrape(String text) {

    private static final String LATENESS = "cctvout_probe_lateness_seconds";

    /** Sum of a metric over all of its series whose labels have these parts. */
    double sum(String name, String... parts) {
        Predicate<String> wanted =
                line -> line.startsWith(name + "{") || line.startsWith(name + " ");
        for (String part : parts) {
            wanted = wanted.and(line -> line.contains(part));
        }
        return text.lines()
                .filter(wanted)
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .filter(value -> !value.equals("NaN"))
                .mapToDouble(Double::parseDouble)
                .sum();
    }

    /** Milliseconds, of cameras that are well, over about the last minute. */
    double latenessMs(String quantile) {
        return 1000 * sum(LATENESS, "lane=\"steady\"", "quantile=\"" + quantile + "\"");
    }

    /** Checks begun so far. */
    double checks() {
        return sum(LATENESS + "_count");
    }

    /** Trains and stream checks ended so far. */
    double probes() {
        return sum("cctvout_probe_duration_seconds_count");
    }

    double badProbes() {
        return probes() - sum("cctvout_probe_duration_seconds_count", "status=\"SUCCESS\"");
    }

    double cameras() {
        return sum("cctvout_cameras");
    }

    double healthy() {
        return sum("cctvout_cameras", "verdict=\"HEALTHY\"");
    }
}
