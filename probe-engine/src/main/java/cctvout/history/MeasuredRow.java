package cctvout.history;

import cctvout.log.Json;
import cctvout.status.CameraStatus;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** A measurement as it is written. */
record MeasuredRow(
        String camera,
        Instant at,
        Verdict verdict,
        String reason,
        Instant since,
        @Nullable String icmp,
        @Nullable String hls) {

    /** Null where nothing was measured. */
    static @Nullable MeasuredRow of(CameraStatus status) {
        Instant at = at(status);
        return at == null
                ? null
                : new MeasuredRow(
                        status.cameraId().value(),
                        at,
                        status.verdict(),
                        status.reason(),
                        status.since(),
                        status.icmp() == null ? null : Json.write(status.icmp()),
                        status.hls() == null ? null : Json.write(status.hls()));
    }

    private static @Nullable Instant at(CameraStatus status) {
        Instant echo = status.icmp() == null ? null : status.icmp().checkedAt();
        Instant stream = status.hls() == null ? null : status.hls().checkedAt();
        if (echo == null || stream == null) {
            return echo == null ? stream : echo;
        }
        return echo.isAfter(stream) ? echo : stream;
    }
}
