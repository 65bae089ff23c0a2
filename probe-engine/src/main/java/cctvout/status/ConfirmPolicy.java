package cctvout.status;

import java.time.Duration;
import java.util.List;

/**
 * How much agreement a change of verdict needs.
 *
 * @param reprobes after which times, counted from the first deviating result, the camera is probed
 *     again; ascending, empty where one result is enough
 * @param recoverAfter good results in a row that end a fault, 1 or more
 */
public record ConfirmPolicy(List<Duration> reprobes, int recoverAfter) {

    public static final ConfirmPolicy STANDARD =
            new ConfirmPolicy(List.of(Duration.ofSeconds(2), Duration.ofSeconds(5)), 1);

    public ConfirmPolicy {
        reprobes = reprobes.stream().sorted().toList();
        if (recoverAfter < 1) {
            throw new IllegalArgumentException("cctvout.probe.recover-after: 1 or more");
        }
    }

    /** The same where others confirm the fault already: one result is enough. */
    public ConfirmPolicy believing() {
        return new ConfirmPolicy(List.of(), recoverAfter);
    }

    int resultsNeeded(Verdict candidate) {
        return candidate == Verdict.HEALTHY ? recoverAfter : reprobes.size() + 1;
    }

    /**
     * Results that deviate without agreeing among themselves end in the newest of them after this
     * many.
     */
    int resultsAtMost() {
        return 2 * (reprobes.size() + 1);
    }

    /**
     * When the next look is due, counted from the first deviating result, after {@code results} of
     * them.
     */
    Duration nextLook(int results) {
        if (reprobes.isEmpty()) {
            return Duration.ofSeconds(results);
        }
        if (results <= reprobes.size()) {
            return reprobes.get(results - 1);
        }
        Duration last = reprobes.getLast();
        return last.plus(reprobes.getFirst().multipliedBy(results - reprobes.size()));
    }
}
