package cctvout.log;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One numbered event.
 *
 * @param seq ascending in commit order: who has read n has seen all below n
 * @param type {@code transition}, {@code issue} or {@code notification}
 * @param subject id of the issue or notification, the camera's for a transition
 * @param cameraId null where it concerns no single camera
 * @param body one line of JSON, as REST shows the subject at that moment
 */
public record LogEntry(
        long seq, String type, String subject, @Nullable String cameraId, String body, Instant at) {

    public static final String TRANSITION = "transition";
    public static final String ISSUE = "issue";
    public static final String NOTIFICATION = "notification";

    /** What is to be appended: the number is given when it is written. */
    public record Draft(
            String type, String subject, @Nullable String cameraId, String body, Instant at) {}
}
