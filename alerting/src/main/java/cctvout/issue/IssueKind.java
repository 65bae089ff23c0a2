package cctvout.issue;

import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;

/** Whose fault it is. */
public enum IssueKind {
    LINE,
    CAMERA,
    STREAM_SERVER,
    DEGRADED;

    /** What a verdict makes; null where it is no trouble at all. */
    public static @Nullable IssueKind of(Verdict verdict) {
        return switch (verdict) {
            case LINE_FAULT -> LINE;
            case CAMERA_FAULT -> CAMERA;
            case STREAM_SERVER_FAULT -> STREAM_SERVER;
            case DEGRADED -> DEGRADED;
            case HEALTHY, UNKNOWN -> null;
        };
    }

    public Severity severity() {
        return switch (this) {
            case STREAM_SERVER -> Severity.CRITICAL;
            case LINE, CAMERA -> Severity.MAJOR;
            case DEGRADED -> Severity.MINOR;
        };
    }
}
