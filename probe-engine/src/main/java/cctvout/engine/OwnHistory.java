package cctvout.engine;

import cctvout.status.AnomalyPolicy;
import cctvout.status.AnomalyRule;
import cctvout.status.Judgement;
import cctvout.status.Judgement.Inconclusive;
import cctvout.status.Observation;
import cctvout.status.Usual;
import cctvout.status.Verdict;
import cctvout.status.VerdictRule;

import org.jspecify.annotations.Nullable;

/**
 * Judges each check, and holds each camera against how it usually is, where that is wanted. Nothing
 * is learned or called unusual while the engine itself is not well; where half of the cameras are
 * unlike themselves at a time it is our own link, and none is blamed. The loop's thread alone.
 */
final class OwnHistory {

    /** So many of the latest looks say whether it is all of them. */
    private static final int CROWD = 64;

    private static final int SMALLEST_CROWD = 16;

    private final @Nullable AnomalyPolicy policy;
    private final Vitals vitals;
    private int looks;
    private double unlike;

    OwnHistory(AnomalySettings settings, Vitals vitals) {
        this.policy = settings.policy();
        this.vitals = vitals;
    }

    /**
     * @param usual null where the camera is not called unusual
     */
    record Judged(Judgement judgement, @Nullable Usual usual) {}

    Judged judge(Check check, Observation seen, long now) {
        Judgement plain = VerdictRule.judge(seen);
        return policy == null || check.sharedServer
                ? new Judged(plain, null)
                : compare(check.watched, seen, plain, isTrusted(check), policy, now);
    }

    private boolean isTrusted(Check check) {
        return vitals.isWell(check, check.watched.deviatingAt);
    }

    private Judged compare(
            Watched watched,
            Observation seen,
            Judgement plain,
            boolean trusted,
            AnomalyPolicy bounds,
            long now) {
        var compared =
                AnomalyRule.compare(watched.baseline, seen, watched.state.reason(), bounds, now);
        if (trusted) {
            watched.baseline = compared.baseline();
        }
        if (compared.usual() == null || !AnomalyRule.mayDiffer(plain)) {
            return new Judged(plain, null);
        }
        String anomaly = compared.anomaly();
        if (trusted && watched.state.doubt() == null) {
            note(anomaly != null);
        }
        if (anomaly == null) {
            return new Judged(plain, null);
        }
        return trusted && !isCrowd()
                ? new Judged(AnomalyRule.judge(plain, anomaly), compared.usual())
                : new Judged(undecided(watched.state.verdict(), plain), null);
    }

    /** It stays what it is; a fault that is over is over, however slow the camera may be. */
    private static Judgement undecided(Verdict standing, Judgement plain) {
        return standing == Verdict.HEALTHY || standing == Verdict.DEGRADED
                ? new Inconclusive("MONITOR_SLOW")
                : plain;
    }

    private void note(boolean different) {
        looks = Math.min(looks + 1, CROWD);
        unlike += ((different ? 1 : 0) - unlike) / looks;
    }

    private boolean isCrowd() {
        return looks >= SMALLEST_CROWD && unlike >= 0.5;
    }
}
