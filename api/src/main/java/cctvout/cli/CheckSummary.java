package cctvout.cli;

import cctvout.status.Verdict;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;

/** What a run has found so far. */
final class CheckSummary {

    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private int cameras;

    void add(Verdict verdict) {
        cameras++;
        verdicts.merge(verdict, 1, Integer::sum);
    }

    int cameras() {
        return cameras;
    }

    boolean allHealthy() {
        return verdicts.getOrDefault(Verdict.HEALTHY, 0) == cameras;
    }

    /** Such as {@code 50000 cameras in 0.41 s, 121951 cameras/s: 49990 healthy, 10 line fault}. */
    String text(long nanos) {
        long hundredths = Math.max(1, Math.round(nanos / 1e7));
        long rate = Math.round(cameras * 100.0 / hundredths);
        return String.format(
                Locale.ROOT,
                "%d cameras in %.2f s, %d cameras/s: %s",
                cameras,
                hundredths / 100.0,
                rate,
                counts());
    }

    private String counts() {
        var counts = new StringJoiner(", ").setEmptyValue("0 healthy");
        verdicts.forEach((verdict, count) -> counts.add(count + " " + words(verdict)));
        return counts.toString();
    }

    private static String words(Verdict verdict) {
        return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
