package cctvout.outage;

import cctvout.camera.Camera;
import cctvout.issue.IssueKind;

import org.jspecify.annotations.Nullable;

/** What a camera's fault may have in common with others'. */
public final class CauseKey {

    private static final String LINE = "line:";
    private static final String HOST = "host:";

    private CauseKey() {}

    /**
     * Null where a fault of that kind is the camera's own, or what it would share is not
     * registered.
     */
    public static @Nullable String of(IssueKind kind, Camera camera) {
        return switch (kind) {
            case LINE -> camera.line() == null ? null : LINE + camera.line();
            case STREAM_SERVER -> camera.hlsHost() == null ? null : HOST + camera.hlsHost();
            case CAMERA, DEGRADED -> null;
        };
    }

    /** Its name alone: {@code L-17}. */
    public static String name(String key) {
        return key.substring(key.indexOf(':') + 1);
    }
}
