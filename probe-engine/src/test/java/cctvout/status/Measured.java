package cctvout.status;

import cctvout.camera.CameraId;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;

import java.time.Instant;
import java.util.List;

/** Measurements for tests. */
public final class Measured {
    private Measured() {}

    public static IcmpResult echo(Instant at) {
        return new IcmpResult(IcmpStatus.LOSS, "LOSS", 4, 3, 0.125, 1.5, 1e-3, at);
    }

    public static HlsResult stream(Instant at) {
        return new HlsResult(
                HlsReason.HTTP_404.status(),
                HlsReason.HTTP_404,
                404,
                17L,
                6.006,
                48L,
                "찾을 수 없음 \u0000 \"x\"",
                List.of(HlsReason.SLOW, HlsReason.WRONG_MIME),
                null,
                null,
                at);
    }

    public static CameraStatus status(CameraId id, Verdict verdict, String reason, Instant at) {
        return new CameraStatus(id, verdict, reason, at, echo(at), null);
    }
}
