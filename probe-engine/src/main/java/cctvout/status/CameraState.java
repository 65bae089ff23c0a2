package cctvout.status;

import cctvout.camera.CameraId;
import cctvout.hls.HlsReason;
import cctvout.status.Judgement.Conclusive;
import cctvout.status.Judgement.Inconclusive;
import cctvout.status.StatusTransition.Evidence;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * A camera's confirmed verdict and what speaks against it so far: the one door through which a
 * verdict changes. Pure: the same results in the same order lead to the same transitions.
 *
 * @param since when the verdict was confirmed
 * @param doubt null where the newest result agrees with the verdict
 */
public record CameraState(
        CameraId id, Verdict verdict, String reason, Instant since, @Nullable Doubt doubt) {

    /**
     * Results in a row that deviate from the verdict.
     *
     * @param candidate what the newest of them says
     * @param agreeing how many of the newest say the same
     * @param deviating how many in all
     * @param firstAt of those that agree
     */
    public record Doubt(Verdict candidate, int agreeing, int deviating, Instant firstAt) {}

    /**
     * What a result led to.
     *
     * @param transition null where the verdict stays
     * @param lookAgainAt null where the usual round is soon enough
     * @param reason why it was so decided, in plain words
     */
    public record Step(
            CameraState state,
            @Nullable StatusTransition transition,
            @Nullable Instant lookAgainAt,
            String reason) {}

    public static CameraState unknown(CameraId id, Instant since) {
        return new CameraState(id, Verdict.UNKNOWN, "NOT_CHECKED", since, null);
    }

    public static CameraState of(CameraStatus status) {
        return new CameraState(
                status.cameraId(), status.verdict(), status.reason(), status.since(), null);
    }

    /** Takes one check's judgement, in at {@code at}. */
    public Step accept(Judgement judgement, Evidence evidence, Instant at, ConfirmPolicy policy) {
        return switch (judgement) {
            case Inconclusive(var why) -> unsettled("inconclusive: " + why, at, policy);
            case Conclusive(var seen, var _) when seen == verdict ->
                    new Step(sure(), null, null, "as before");
            case Conclusive(var seen, var _) when isBetter(seen) && unproven(evidence) ->
                    unsettled("the stream has still to be seen moving", at, policy);
            case Conclusive(var seen, var why) -> deviating(seen, why, evidence, at, policy);
        };
    }

    /** The camera is no longer probed: whatever it was in ends here. */
    public Step retire(String why, Instant at) {
        if (verdict == Verdict.UNKNOWN) {
            return new Step(sure(), null, null, why);
        }
        return changed(Verdict.UNKNOWN, why, Evidence.NONE, at, why);
    }

    /** Good, or less bad than a fault that somebody was told of. */
    private boolean isBetter(Verdict seen) {
        return seen == Verdict.HEALTHY || verdict.isFault() && !seen.isFault();
    }

    /**
     * A stream seen for the first time since the start may be the frozen one of before: no proof
     * that it is well.
     */
    private boolean unproven(Evidence evidence) {
        return verdict != Verdict.UNKNOWN
                && evidence.hls() != null
                && evidence.hls().reason() == HlsReason.FRESHNESS_UNPROVEN;
    }

    private Step unsettled(String why, Instant at, ConfirmPolicy policy) {
        return new Step(this, null, doubt == null ? null : at.plus(policy.nextLook(1)), why);
    }

    private Step deviating(
            Verdict seen, String why, Evidence evidence, Instant at, ConfirmPolicy policy) {
        Doubt now = doubt(seen, at);
        int needed = policy.resultsNeeded(seen);
        if (now.agreeing() >= needed) {
            return changed(seen, why, evidence, at, now.agreeing() + " results agree");
        }
        if (seen != Verdict.HEALTHY && now.deviating() >= policy.resultsAtMost()) {
            return changed(seen, why, evidence, at, now.deviating() + " results deviate");
        }
        CameraState doubting = new CameraState(id, verdict, reason, since, now);
        return new Step(doubting, null, look(now, at, policy), now.agreeing() + " of " + needed);
    }

    /** Soon, also where the clock was set meanwhile. */
    private static Instant look(Doubt doubt, Instant at, ConfirmPolicy policy) {
        Duration wait = policy.nextLook(doubt.agreeing());
        Instant look = doubt.firstAt().isAfter(at) ? at.plus(wait) : doubt.firstAt().plus(wait);
        return look.isBefore(at) ? at : look;
    }

    private Doubt doubt(Verdict seen, Instant at) {
        if (doubt == null) {
            return new Doubt(seen, 1, 1, at);
        }
        return doubt.candidate() == seen
                ? new Doubt(seen, doubt.agreeing() + 1, doubt.deviating() + 1, doubt.firstAt())
                : new Doubt(seen, 1, doubt.deviating() + 1, at);
    }

    private Step changed(
            Verdict to, String why, Evidence evidence, Instant at, String decidedBecause) {
        var transition = new StatusTransition(0, id, verdict, to, why, evidence, at);
        return new Step(new CameraState(id, to, why, at, null), transition, null, decidedBecause);
    }

    private CameraState sure() {
        return doubt == null ? this : new CameraState(id, verdict, reason, since, null);
    }
}
