package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.cluster.Claim;
import cctvout.hls.Edge;
import cctvout.schedule.DueProbes;
import cctvout.schedule.ProbeSchedule;
import cctvout.status.Baseline;
import cctvout.status.CameraState;
import cctvout.status.CameraStatus;
import cctvout.status.Judgement;
import cctvout.status.StatusTransition;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Sinks;

import java.util.ArrayList;
import java.util.List;

/** One camera in the loop. Changed by the loop's thread alone; {@link #shown} is read by all. */
final class Watched extends DueProbes.Item {

    Camera camera;
    CameraState state;
    @Nullable Edge edge;

    /** Under which it is probed here. */
    final Claim claim;

    /** Where in its interval its rounds are: {@link ProbeSchedule#place}. */
    final long place;

    /** What it shares with others: line, site, subnet. */
    List<String> kin;

    /** How its echoes usually are, where that is asked for. */
    Baseline baseline = Baseline.NOTHING;

    /** The check of it that is queued or under way; null where there is none. */
    @Nullable Check check;

    /** Its first check was put off for an overload once: it is not a second time. */
    boolean waited;

    /** No longer probed. */
    boolean retired;

    /** Something changed or was asked for meanwhile: check once more at once. */
    boolean again;

    /**
     * When the doubt that is being confirmed began, on the loop's clock; {@code NEVER} where there
     * is none.
     */
    long deviatingAt = DueProbes.NEVER;

    /**
     * When the verdict was confirmed, on the loop's clock; before all else where it was known at
     * the start.
     */
    long confirmedAt = Long.MIN_VALUE;

    /** When it began to deviate into its verdict, on the loop's clock. */
    long deviatedAt = Long.MIN_VALUE;

    /** What was seen last, while a doubt is being confirmed; null where there is none. */
    @Nullable Suspicion suspicion;

    /** Speaks against the verdict, and is not confirmed. */
    record Suspicion(Judgement.Conclusive seen, StatusTransition.Evidence evidence) {}

    /** What it shares with others is down: it is looked at with those that fail. */
    boolean suspect;

    /** People who wait for a check that has not begun. */
    final List<Sinks.One<CameraStatus>> asked = new ArrayList<>(0);

    /** People who wait for the check under way: it began after they asked. */
    final List<Sinks.One<CameraStatus>> answering = new ArrayList<>(0);

    /** What the latest check led to; null before the first. */
    volatile @Nullable CameraStatus shown;

    Watched(Camera camera, CameraState stored, Claim claim) {
        this.camera = camera;
        this.claim = claim;
        this.place = ProbeSchedule.place(camera.id());
        this.kin = Kin.keys(camera);
        this.state = stored;
    }

    void checkSoon(DueProbes<Watched> due, long now) {
        if (check != null) {
            again = true;
        } else {
            due.pullForward(this, now);
        }
    }

    void answerWithThisCheck() {
        answering.addAll(asked);
        asked.clear();
    }

    void answerWithNextCheck() {
        asked.addAll(answering);
        answering.clear();
    }

    void answer(CameraStatus status) {
        answering.forEach(person -> person.tryEmitValue(status));
        answering.clear();
    }

    void answerNobody() {
        answerWithThisCheck();
        answering.forEach(Sinks.One::tryEmitEmpty);
        answering.clear();
    }

    void refuse(RuntimeException why) {
        answerWithThisCheck();
        answering.forEach(person -> person.tryEmitError(why));
        answering.clear();
    }

    /** Nothing speaks against it. */
    boolean isSurely(Verdict verdict) {
        return state.verdict() == verdict && state.doubt() == null;
    }

    /** Well so far, and the newest look says otherwise. */
    boolean isSuspectedOf(Verdict verdict) {
        CameraState.Doubt doubt = state.doubt();
        return state.verdict() == Verdict.HEALTHY
                && doubt != null
                && doubt.candidate() == verdict
                && suspicion != null
                && suspicion.seen().verdict() == verdict;
    }

    boolean isWell() {
        return !state.verdict().isFault() && state.doubt() == null;
    }

    /**
     * Never seen by anyone, and nobody has asked for it: nothing is lost by a moment's patience.
     */
    boolean canWait() {
        return shown == null && state.verdict() == Verdict.UNKNOWN && asked.isEmpty();
    }

    /** What the log said at the start still stands, and nothing speaks against it. */
    boolean isWellByTheLog() {
        return confirmedAt == Long.MIN_VALUE && isWell() && state.verdict() != Verdict.UNKNOWN;
    }
}
