package cctvout.history;

import cctvout.camera.CameraId;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A camera with what reports group by, and its verdicts that touch a period, oldest first.
 *
 * @param removed it is no longer registered
 */
public record CameraVerdicts(
        CameraId id,
        @Nullable String name,
        @Nullable String line,
        @Nullable String site,
        @Nullable String district,
        @Nullable String vendor,
        boolean removed,
        List<VerdictSpan> spans) {}
