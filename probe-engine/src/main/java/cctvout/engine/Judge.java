package cctvout.engine;

import cctvout.history.ProbeHistory;
import cctvout.schedule.DueProbes;
import cctvout.status.CameraState;
import cctvout.status.CameraStatus;
import cctvout.status.ConfirmPolicy;
import cctvout.status.HostTally;
import cctvout.status.Judgement;
import cctvout.status.Observation;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;

/**
 * What came of a check, and of what others said meanwhile: the camera's verdict, and who hears of
 * it. The loop's thread alone.
 */
final class Judge {

    private static final Logger log = LoggerFactory.getLogger(Judge.class);

    private final ConfirmPolicy policy;
    private final ConfirmPolicy believing;
    private final EngineClock clock;
    private final EngineMeters meters;
    private final ProbeHistory history;
    private final Vitals vitals;
    private final OwnHistory ownHistory;
    private final Neighbours neighbours;
    private final Ports ports;

    Judge(
            EngineSettings settings,
            EngineClock clock,
            EngineMeters meters,
            ProbeHistory history,
            Vitals vitals,
            Neighbours neighbours,
            Ports ports) {
        this.policy = settings.confirmPolicy();
        this.believing = policy.believing();
        this.clock = clock;
        this.meters = meters;
        this.history = history;
        this.vitals = vitals;
        this.ownHistory = new OwnHistory(settings.anomaly(), vitals);
        this.neighbours = neighbours;
        this.ports = ports;
    }

    Observation observe(Check check, long now) {
        String blind = distrusts(check, now);
        if (blind == null) {
            neighbours.note(check, now);
        }
        return new Observation(
                check.icmp,
                check.hls,
                check.sharedServer,
                neighbours.tally(check.watched, check.hls, now),
                blind);
    }

    /** Why what was seen says nothing of the camera; null where it does. */
    private @Nullable String distrusts(Check check, long now) {
        String untrusted = vitals.distrusts(check);
        if (untrusted != null) {
            return untrusted;
        }
        long deviatingAt = check.watched.deviatingAt;
        String bad = check.allGood() ? null : vitals.distrustsBad(check, deviatingAt);
        if (vitals.hasCanary()) {
            vitals.dark(false, now);
            return bad;
        }
        Witnesses witnesses = neighbours.witnesses();
        witnesses.note(check, now);
        vitals.dark(witnesses.isBlind(now), now);
        return bad != null ? bad : witnesses.distrusts(check, vitals.hasMuteCanary(), now);
    }

    CameraState.Step judge(Check check, Observation seen, long now) {
        Watched watched = check.watched;
        OwnHistory.Judged judged = ownHistory.judge(check, seen, now);
        Judgement judgement = judged.judgement();
        if (judgement instanceof Judgement.Inconclusive) {
            meters.inconclusive();
        }
        Evidence evidence =
                seen.evidence()
                        .with(neighbours.siblings(watched, judgement, seen.host(), now))
                        .unlike(judged.usual());
        boolean believed = neighbours.isDown(watched, judgement, now);
        CameraState.Step step =
                watched.state.accept(
                        judgement, evidence, clock.now(), believed ? believing : policy);
        settle(watched, step, now);
        if (judgement instanceof Judgement.Conclusive conclusive) {
            watched.suspicion = new Watched.Suspicion(conclusive, evidence);
        }
        if (watched.state.doubt() == null) {
            watched.suspicion = null;
        }
        show(watched, seen, judgement);
        return step;
    }

    /** Others confirmed just now what these were seen in too: it counts for them as well. */
    void believe(Collection<Watched> suspects, long now) {
        for (Watched watched : suspects) {
            Watched.Suspicion suspicion = watched.suspicion;
            if (suspicion == null) {
                continue;
            }
            Judgement judgement = suspicion.seen();
            Evidence evidence =
                    suspicion
                            .evidence()
                            .with(neighbours.siblings(watched, judgement, HostTally.ALONE, now));
            settle(watched, watched.state.accept(judgement, evidence, clock.now(), believing), now);
            watched.suspicion = null;
            CameraStatus status = status(watched.state, evidence, watched.state.reason());
            watched.shown = status;
            ports.shown(status);
        }
    }

    private void settle(Watched watched, CameraState.Step step, long now) {
        StatusTransition transition = step.transition();
        if (transition == null) {
            watched.state = step.state();
            boolean doubt = step.state().doubt() != null;
            watched.deviatingAt = doubt ? Math.min(watched.deviatingAt, now) : DueProbes.NEVER;
            return;
        }
        if (!ports.transition(transition, watched.claim)) {
            log.warn(
                    "cctvout.probe.transition-buffer is full: {} stays {}",
                    transition.cameraId(),
                    transition.from());
            return;
        }
        meters.confirmed(transition, Duration.ofNanos(now - Math.min(watched.deviatingAt, now)));
        meters.moved(transition.from(), transition.to());
        watched.state = step.state();
        watched.deviatedAt = Math.min(watched.deviatingAt, now);
        watched.deviatingAt = DueProbes.NEVER;
        watched.confirmedAt = now;
    }

    private void show(Watched watched, Observation seen, Judgement judgement) {
        if (seen.hls() != null && seen.hls().edge() != null) {
            watched.edge = seen.hls().edge();
        }
        CameraState state = watched.state;
        boolean nothingKnown = state.verdict() == Verdict.UNKNOWN;
        CameraStatus status =
                status(state, seen.evidence(), nothingKnown ? judgement.reason() : state.reason());
        watched.shown = status;
        history.record(status, watched.claim);
        ports.shown(status);
        watched.answer(status);
    }

    private static CameraStatus status(CameraState state, Evidence evidence, String reason) {
        return new CameraStatus(
                state.id(),
                state.verdict(),
                reason,
                state.since(),
                evidence.icmp(),
                evidence.hls());
    }
}
