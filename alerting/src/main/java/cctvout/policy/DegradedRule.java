package cctvout.policy;

import com.fasterxml.jackson.annotation.JsonCreator;

import org.jspecify.annotations.Nullable;

/**
 * What a camera that is DEGRADED is worth.
 *
 * @param opensIssue false: it is shown, and nobody is told
 * @param afterRounds results that say so in a row, the one that confirmed it among them
 */
public record DegradedRule(boolean opensIssue, int afterRounds) {

    public static final int MOST_ROUNDS = 50;

    /** From JSON: on, after the first, where nothing else is said. */
    @JsonCreator
    public static DegradedRule of(@Nullable Boolean opensIssue, @Nullable Integer afterRounds) {
        return new DegradedRule(
                opensIssue == null || opensIssue, afterRounds == null ? 1 : afterRounds);
    }

    public boolean opensAfter(int rounds) {
        return opensIssue && rounds >= afterRounds;
    }
}
