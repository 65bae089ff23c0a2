package cctvout.outage;

import cctvout.camera.Camera;
import cctvout.issue.IssueKind;

import org.jspecify.annotations.Nullable;

/** What a camera's fault may have in common with others'. */
public final class CauseKey {

    public static final String LINE = "line:";
    public static final String SITE = "site:";
    public static final String NET = "net:";
    public static final String HOST = "host:";

    private CauseKey() {}

    /**
     * The closest thing that a fault of that kind may share: the line, else the site, else the
     * subnet; null where it is the camera's own, or what it would share is not registered.
     */
    public static @Nullable String of(IssueKind kind, Camera camera) {
        return switch (kind) {
            case LINE -> wire(camera);
            case STREAM_SERVER -> camera.hlsHost() == null ? null : HOST + camera.hlsHost();
            case CAMERA, DEGRADED -> null;
        };
    }

    private static @Nullable String wire(Camera camera) {
        if (camera.line() != null) {
            return LINE + camera.line();
        }
        if (camera.site() != null) {
            return SITE + camera.site();
        }
        return camera.subnet() == null ? null : NET + camera.subnet();
    }

    /** Its name alone: {@code L-17}. */
    public static String name(String key) {
        return key.substring(key.indexOf(':') + 1);
    }
}
