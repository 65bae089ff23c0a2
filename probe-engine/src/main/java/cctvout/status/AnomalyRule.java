package cctvout.status;

import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpResult;
import cctvout.status.Judgement.Conclusive;

import org.jspecify.annotations.Nullable;

/** Holds a camera that is well, or nearly, against its own history. */
public final class AnomalyRule {

    /** So many times its usual scatter away a result is none of it. */
    private static final double FAR = 6;

    private static final double STANDING = 0.5;

    private AnomalyRule() {}

    /**
     * What one check led to.
     *
     * @param baseline with this check learned
     * @param anomaly {@code RTT_ANOMALY} or {@code LOSS_ANOMALY}; null where the camera is as usual
     * @param usual as it was known before this check; null where too little is
     */
    public record Comparison(Baseline baseline, @Nullable String anomaly, @Nullable Usual usual) {}

    /**
     * Compares a result that can be trusted, and learns it.
     *
     * @param standing the camera's confirmed reason
     * @param at nanoseconds on the same clock each time
     */
    public static Comparison compare(
            Baseline before, Observation seen, String standing, AnomalyPolicy policy, long at) {
        if (!(seen.icmp() instanceof IcmpOutcome.Measured(var result))) {
            return new Comparison(before, null, null);
        }
        Baseline learned = before.with(result, at, policy.history());
        if (learned == before || before.results() < policy.warmUp()) {
            return new Comparison(learned, null, null);
        }
        String anomaly = null;
        if (slower(before, result, standing.equals(AnomalyPolicy.SLOWER), policy)) {
            anomaly = AnomalyPolicy.SLOWER;
        } else if (lossier(before, learned, standing.equals(AnomalyPolicy.LOSSIER), policy)) {
            anomaly = AnomalyPolicy.LOSSIER;
        }
        return new Comparison(learned, anomaly, Usual.of(before, learned));
    }

    /** An anomaly takes the place of what is not worse than it. */
    public static Judgement judge(Judgement plain, String anomaly) {
        return mayDiffer(plain) ? new Conclusive(Verdict.DEGRADED, anomaly) : plain;
    }

    /** The camera answers echoes, and streams where it should. */
    public static boolean mayDiffer(Judgement plain) {
        return plain instanceof Conclusive(var verdict, var reason)
                && (verdict == Verdict.HEALTHY
                        || verdict == Verdict.DEGRADED && reason.equals("LOSS"));
    }

    private static boolean slower(
            Baseline usual, IcmpResult result, boolean standing, AnomalyPolicy policy) {
        Double rtt = result.rttAvgMs();
        if (rtt == null) {
            return false;
        }
        double share = standing ? STANDING : 1;
        double far = Math.max(Math.log(policy.factor()), FAR * usual.spread());
        return rtt - usual.usualRttMs() >= policy.slowerByMs() * share
                && Baseline.logarithm(rtt) - usual.level() >= far * share;
    }

    private static boolean lossier(
            Baseline usual, Baseline learned, boolean standing, AnomalyPolicy policy) {
        double share = standing ? STANDING : 1;
        double more = learned.recentLoss() - usual.loss();
        return more >= policy.loss() * share
                && learned.recentLoss() >= usual.loss() * Math.pow(policy.factor(), share);
    }
}
