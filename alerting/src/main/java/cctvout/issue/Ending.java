package cctvout.issue;

/** How an issue ended: {@code resolution}, and what those told are told. */
public enum Ending {
    /** The camera is well again. */
    RECOVERED,
    /** The fault is over, and the camera is not quite well. */
    BECAME_DEGRADED,
    BECAME_LINE,
    BECAME_CAMERA,
    BECAME_STREAM_SERVER,
    /** The camera was removed or paused: nothing is known of it any more. */
    NOT_CHECKED,
    /** A person said so. */
    RESOLVED_BY_HAND,
    CANCELLED_BY_HAND;

    static Ending becoming(IssueKind kind) {
        return switch (kind) {
            case LINE -> BECAME_LINE;
            case CAMERA -> BECAME_CAMERA;
            case STREAM_SERVER -> BECAME_STREAM_SERVER;
            case DEGRADED -> BECAME_DEGRADED;
        };
    }

    public IssueStatus status() {
        return this == NOT_CHECKED || this == CANCELLED_BY_HAND
                ? IssueStatus.CANCELLED
                : IssueStatus.RESOLVED;
    }

    public boolean byHand() {
        return this == RESOLVED_BY_HAND || this == CANCELLED_BY_HAND;
    }
}
