package cctvout.status;

import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.hls.HlsStatus;
import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.status.Judgement.Conclusive;
import cctvout.status.Judgement.Inconclusive;

import org.jspecify.annotations.Nullable;

/** From what one check saw to whose fault it is: the first rule that matches. */
public final class VerdictRule {

    private static final String BLOCKED = HlsReason.BLOCKED_ADDRESS.name();

    private VerdictRule() {}

    public static Judgement judge(Observation seen) {
        if (seen.blind() != null) {
            return new Inconclusive(seen.blind());
        }
        String unknown = unknown(seen);
        if (unknown != null) {
            return new Inconclusive(unknown);
        }
        HlsResult hls = seen.hls();
        IcmpResult icmp = seen.icmp() instanceof IcmpOutcome.Measured(var result) ? result : null;
        if (hls != null && hls.reason().hostLevel() && seen.host().serverDown()) {
            return new Conclusive(Verdict.STREAM_SERVER_FAULT, hls.reason().name());
        }
        if (icmp != null && seen.targetIsServer()) {
            return serverTarget(icmp, hls, seen);
        }
        if (icmp != null && hls != null) {
            return both(icmp, hls);
        }
        if (hls != null) {
            return streamAlone(hls);
        }
        return icmp != null ? echoAlone(icmp) : new Inconclusive("NOT_PROBED");
    }

    /**
     * Why a probe that was wanted brought nothing, so that no side can be blamed; null where all is
     * known. An address that our own settings close counts as not wanted where the other probe has
     * something to say.
     */
    private static @Nullable String unknown(Observation seen) {
        HlsResult hls = seen.hls();
        if (hls != null && hls.reason().inconclusive() && !isMoot(hls, seen.icmp())) {
            return hls.reason().name();
        }
        if (!(seen.icmp() instanceof IcmpOutcome.Inconclusive(var why))) {
            return null;
        }
        boolean streamSpeaks = hls != null && hls.reason() != HlsReason.BLOCKED_ADDRESS;
        return why.equals(BLOCKED) && streamSpeaks ? null : why;
    }

    /** A line that is cut needs no name server to be seen. */
    private static boolean isMoot(HlsResult hls, @Nullable IcmpOutcome icmp) {
        return hls.reason() == HlsReason.DNS_TIMEOUT
                && icmp instanceof IcmpOutcome.Measured(var result)
                && !result.status().answered();
    }

    private static Judgement both(IcmpResult icmp, HlsResult hls) {
        boolean streams = hls.status() == HlsStatus.SUCCESS;
        if (!icmp.status().answered()) {
            return streams
                    ? new Conclusive(Verdict.DEGRADED, "NO_ECHO")
                    : new Conclusive(Verdict.LINE_FAULT, echoReason(icmp));
        }
        if (!streams) {
            return new Conclusive(Verdict.CAMERA_FAULT, hls.reason().name());
        }
        return icmp.status() == IcmpStatus.LOSS
                ? new Conclusive(Verdict.DEGRADED, "LOSS")
                : new Conclusive(Verdict.HEALTHY, "OK");
    }

    /**
     * The echo went to the media server: its silence is the server's, its answer clears only the
     * server.
     */
    private static Judgement serverTarget(
            IcmpResult icmp, @Nullable HlsResult hls, Observation seen) {
        if (icmp.status().answered()) {
            return hls == null ? echoAlone(icmp) : both(icmp, hls);
        }
        if (hls == null) {
            return new Conclusive(Verdict.STREAM_SERVER_FAULT, echoReason(icmp));
        }
        if (hls.status() == HlsStatus.SUCCESS) {
            return new Conclusive(Verdict.DEGRADED, "NO_ECHO");
        }
        // a server that answers HTTP, or streams its other cameras well, only keeps quiet to pings
        boolean alive = hls.status() == HlsStatus.FAIL && !hls.reason().hostLevel();
        return alive || seen.host().well() > 0
                ? streamAlone(hls)
                : new Conclusive(Verdict.STREAM_SERVER_FAULT, echoReason(icmp));
    }

    private static Judgement streamAlone(HlsResult hls) {
        return hls.status() == HlsStatus.SUCCESS
                ? new Conclusive(Verdict.HEALTHY, "OK")
                : new Conclusive(Verdict.CAMERA_FAULT, hls.reason().name());
    }

    private static Judgement echoAlone(IcmpResult icmp) {
        return switch (icmp.status()) {
            case SUCCESS -> new Conclusive(Verdict.HEALTHY, "OK");
            case LOSS -> new Conclusive(Verdict.DEGRADED, "LOSS");
            case TIMEOUT, FAIL -> new Conclusive(Verdict.LINE_FAULT, echoReason(icmp));
        };
    }

    private static String echoReason(IcmpResult icmp) {
        return icmp.status() == IcmpStatus.TIMEOUT ? "ICMP_TIMEOUT" : icmp.reason();
    }
}
