package cctvout.issue;

import cctvout.issue.TimelineEntry.Step;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What somebody has to say of an issue, also after its end.
 *
 * @param text 1 to {@link #MAX_TEXT} characters, not blank
 */
public record Comment(String text) {

    public static final int MAX_TEXT = TimelineEntry.SHOWN;

    /** Of one issue. */
    public static final int MAX_COMMENTS = 500;

    /**
     * @throws IllegalArgumentException that names the field and its limit
     */
    public Comment(@Nullable String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("text: required, and not blank");
        }
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("text: longer than " + MAX_TEXT + " characters");
        }
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("text: holds a NUL character");
        }
        this.text = text.strip();
    }

    /**
     * @throws TooManyCommentsException where there are {@link #MAX_COMMENTS} already
     */
    public Issue applyTo(Issue issue, String who, Instant now) {
        long before =
                issue.timeline().stream().filter(entry -> entry.step() == Step.COMMENTED).count();
        if (before >= MAX_COMMENTS) {
            throw new TooManyCommentsException(issue.id());
        }
        return issue.commented(new TimelineEntry(now, who, Step.COMMENTED, text));
    }
}
