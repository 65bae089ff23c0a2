package cctvout.issue;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One step in an issue's life.
 *
 * @param who a user's name, or {@link #SYSTEM}
 * @param text what a person wrote, or the reason of the step
 * @param was what stood there before; null where nothing did
 */
public record TimelineEntry(
        Instant at, String who, Step step, @Nullable String text, @Nullable String was) {

    public static final String SYSTEM = "system";

    /** Characters of either text; the issue itself holds the whole. */
    static final int SHOWN = 2_000;

    public TimelineEntry {
        text = abridged(text);
        was = abridged(was);
    }

    public TimelineEntry(Instant at, String who, Step step, @Nullable String text) {
        this(at, who, step, text, null);
    }

    private static @Nullable String abridged(@Nullable String text) {
        return text == null || text.length() <= SHOWN ? text : text.substring(0, SHOWN - 1) + "…";
    }

    /** What was done. */
    public enum Step {
        OPENED,
        ACKNOWLEDGED,
        ASSIGNED,
        VISIT_PLANNED,
        DETAILS,
        COMMENTED,
        /**
         * Those told were told again, because nobody took it up; the text names them, or the reader
         * alone where that is one of them.
         */
        REMINDED,
        /** Others were told, because nobody took it up; the text is as of a reminder. */
        ESCALATED,
        RESOLVED,
        CANCELLED,
        /** The fault ended after the issue had been closed by hand. */
        FAULT_ENDED,
        /** Planned work at the camera: who is to be told hears of it when that is over. */
        MAINTENANCE,
        /** Its camera failed often lately, so often: told once, and again when it is calm. */
        FLAPPING,
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
