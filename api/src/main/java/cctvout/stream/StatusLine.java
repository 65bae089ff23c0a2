package cctvout.stream;

import cctvout.camera.CameraId;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A camera as a list shows it.
 *
 * @param verdict confirmed; {@code UNKNOWN} where none is yet
 * @param since when the verdict was confirmed; null where none is yet
 */
record StatusLine(
        CameraId cameraId,
        @Nullable String name,
        @Nullable String address,
        @Nullable Double latitude,
        @Nullable Double longitude,
        @Nullable String line,
        @Nullable String site,
        @Nullable String district,
        @Nullable String vendor,
        @Nullable String zone,
        boolean enabled,
        Verdict verdict,
        String reason,
        @Nullable Instant since) {}
