package cctvout.issue;

import cctvout.hls.HlsResult;
import cctvout.hls.HlsStatus;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.status.CameraStatus;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A person said that it is repaired, and a probe is to say whether it is.
 *
 * @param askedAt when the person said so
 * @param until for how long those told wait for the probe; null where they were told without
 */
public record Verification(Instant askedAt, @Nullable Instant until) {

    /** What a check says of it. */
    public enum Finding {
        STILL_BAD,
        /** Well, or another trouble now: the transition to it says the rest. */
        NOT_THE_SAME,
        /** The check saw something else than the verdict says: one more is needed. */
        UNCLEAR
    }

    Verification late() {
        return new Verification(askedAt, null);
    }

    /** Still bad is what the confirmed verdict and the check itself agree on. */
    public static Finding finding(IssueKind kind, CameraStatus checked) {
        if (IssueKind.of(checked.verdict()) != kind) {
            return Finding.NOT_THE_SAME;
        }
        return isBad(kind, checked.icmp()) || isBad(checked.hls())
                ? Finding.STILL_BAD
                : Finding.UNCLEAR;
    }

    private static boolean isBad(IssueKind kind, @Nullable IcmpResult icmp) {
        if (icmp == null) {
            return false;
        }
        return kind == IssueKind.DEGRADED
                ? icmp.status() != IcmpStatus.SUCCESS
                : !icmp.status().answered();
    }

    private static boolean isBad(@Nullable HlsResult hls) {
        return hls != null && hls.status() != HlsStatus.SUCCESS && !hls.reason().inconclusive();
    }
}
