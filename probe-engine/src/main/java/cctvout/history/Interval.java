package cctvout.history;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A span of time.
 *
 * @param from within it
 * @param to not within it any more; not before {@code from}
 */
public record Interval(Instant from, Instant to) {

    public Interval {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("to: " + to + " is before from, " + from);
        }
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    /** What is in both; of no length where nothing is. */
    Interval within(Interval other) {
        Instant begin = from.isAfter(other.from) ? from : other.from;
        Instant end = to.isBefore(other.to) ? to : other.to;
        return end.isAfter(begin) ? new Interval(begin, end) : new Interval(begin, begin);
    }

    boolean isEmpty() {
        return from.equals(to);
    }

    /** The same time, ascending, none touching the next. */
    static List<Interval> merged(List<Interval> intervals) {
        List<Interval> sorted =
                intervals.stream()
                        .filter(it -> !it.isEmpty())
                        .sorted(Comparator.comparing(Interval::from))
                        .toList();
        List<Interval> merged = new ArrayList<>();
        for (Interval next : sorted) {
            Interval last = merged.isEmpty() ? null : merged.getLast();
            if (last == null || next.from.isAfter(last.to)) {
                merged.add(next);
            } else if (next.to.isAfter(last.to)) {
                merged.set(merged.size() - 1, new Interval(last.from, next.to));
            }
        }
        return merged;
    }

    /** How much of this is in none of those, which are merged. */
    Duration without(List<Interval> merged) {
        Duration left = length();
        for (Interval other : merged) {
            if (!other.from.isBefore(to)) {
                break;
            }
            left = left.minus(within(other).length());
        }
        return left;
    }
}
