package cctvout.issue;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One step in an issue's life.
 *
 * @param who a user's name, or {@link #SYSTEM}
 * @param text what a person wrote, or the reason of the step
 */
public record TimelineEntry(Instant at, String who, Step step, @Nullable String text) {

    public static final String SYSTEM = "system";

    /** What was done. */
    public enum Step {
        OPENED,
        ACKNOWLEDGED,
        ASSIGNED,
        VISIT_PLANNED,
        DETAILS,
        RESOLVED,
        CANCELLED,
        /** The fault ended after the issue had been closed by hand. */
        FAULT_ENDED,
        /** Others fail for the same cause: one outage, one notice. */
        OUTAGE,
        /** The outage is over, and this camera is still down. */
        LEFT_BEHIND,
        /** Closed by hand as repaired, and a probe found it still bad. */
        REOPENED,
        /** Closed by hand as repaired, and no probe looked in time. */
        NOT_VERIFIED
    }
}
