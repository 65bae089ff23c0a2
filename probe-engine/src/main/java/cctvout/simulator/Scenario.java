package cctvout.simulator;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * Which faults begin and end when, after the start.
 *
 * @param steps ordered by {@code at}; the latest step that reaches a camera counts
 * @param period after which all begins anew; null where it is played once
 */
public record Scenario(List<Step> steps, @Nullable Duration period) {

    public static final int MAX_STEPS = 10_000;
    public static final Duration MAX_TIME = Duration.ofDays(7);
    public static final Scenario NONE = new Scenario(List.of(), null);

    public Scenario {
        if (steps.size() > MAX_STEPS) {
            throw new IllegalArgumentException("scenario: more than " + MAX_STEPS + " steps");
        }
        if (period != null && (period.compareTo(Duration.ofSeconds(1)) < 0 || tooLong(period))) {
            throw new IllegalArgumentException(
                    "repeat: between 1s and " + MAX_TIME.toDays() * 24 + "h");
        }
        steps = steps.stream().sorted(Comparator.comparing(Step::at)).toList();
    }

    /**
     * @param fault null where the target recovers
     * @param length null where it lasts until another step ends it
     */
    public record Step(
            Duration at, Target target, @Nullable Fault fault, @Nullable Duration length) {
        public Step {
            if (at.isNegative() || tooLong(at)) {
                throw new IllegalArgumentException(
                        "at: between 0s and " + MAX_TIME.toDays() * 24 + "h");
            }
            if (length != null && (length.isNegative() || length.isZero() || tooLong(length))) {
                throw new IllegalArgumentException(
                        "for: above 0s, up to " + MAX_TIME.toDays() * 24 + "h");
            }
        }
    }

    /**
     * Reads a scenario file; see {@link ScenarioParser} for its form.
     *
     * @throws IllegalArgumentException that names the line, the word and what was expected
     */
    public static Scenario parse(String text) {
        return ScenarioParser.parse(text);
    }

    private static boolean tooLong(Duration time) {
        return time.compareTo(MAX_TIME) > 0;
    }
}
