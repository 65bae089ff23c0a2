package cctvout.status;

import cctvout.camera.CameraId;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A camera's confirmed change of verdict: the spine of the system.
 *
 * @param seq its number in the log, 0 before it is stored
 * @param reason code in capitals, such as {@code ICMP_TIMEOUT}, {@code STALE_PLAYLIST}, {@code OK}
 * @param occurredAt when the result that decided was in
 */
public record StatusTransition(
        long seq,
        CameraId cameraId,
        Verdict from,
        Verdict to,
        String reason,
        Evidence evidence,
        Instant occurredAt) {

    /**
     * What decided.
     *
     * @param siblings what cameras that share something with this one said; null where none was
     *     asked
     * @param usual how the camera usually is; null where it is not held against that
     */
    public record Evidence(
            @Nullable IcmpResult icmp,
            @Nullable HlsResult hls,
            @Nullable Siblings siblings,
            @Nullable Usual usual) {
        public static final Evidence NONE = new Evidence(null, null);

        public Evidence(
                @Nullable IcmpResult icmp, @Nullable HlsResult hls, @Nullable Siblings siblings) {
            this(icmp, hls, siblings, null);
        }

        public Evidence(@Nullable IcmpResult icmp, @Nullable HlsResult hls) {
            this(icmp, hls, null);
        }

        public Evidence with(@Nullable Siblings others) {
            return new Evidence(icmp, hls, others, usual);
        }

        public Evidence unlike(@Nullable Usual usually) {
            return new Evidence(icmp, hls, siblings, usually);
        }
    }

    public StatusTransition numbered(long number) {
        return new StatusTransition(number, cameraId, from, to, reason, evidence, occurredAt);
    }
}
