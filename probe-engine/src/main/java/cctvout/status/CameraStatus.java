package cctvout.status;

import cctvout.camera.CameraId;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A camera's verdict and its latest measurements, as REST shows it.
 *
 * @param since when the verdict was confirmed
 */
public record CameraStatus(
        CameraId cameraId,
        Verdict verdict,
        String reason,
        Instant since,
        @Nullable IcmpResult icmp,
        @Nullable HlsResult hls) {}
