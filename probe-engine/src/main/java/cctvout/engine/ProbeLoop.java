package cctvout.engine;

import cctvout.camera.CameraId;
import cctvout.history.ProbeHistory;
import cctvout.schedule.DueProbes;
import cctvout.status.CameraState;
import cctvout.status.CameraStatus;
import cctvout.status.ConfirmPolicy;
import cctvout.status.Judgement;
import cctvout.status.Observation;
import cctvout.status.StatusTransition;
import cctvout.status.Verdict;
import cctvout.status.VerdictRule;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The loop's state and all that changes it: cameras, what is due, what came of it. One thread only;
 * it never waits. {@link Roster} says which cameras there are, {@link ReactiveProbeEngine} feeds
 * both.
 */
final class ProbeLoop {

    private static final Logger log = LoggerFactory.getLogger(ProbeLoop.class);

    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

    /**
     * What a turn takes in, and what it begins, may each take so long; the rest is for the next
     * turn. So a turn that came very late is a process that stood still, not one that has much to
     * do.
     */
    private static final long TURN = Duration.ofMillis(20).toNanos();

    private final EngineSettings settings;
    private final ConfirmPolicy policy;
    private final EngineClock clock;
    private final EngineMeters meters;
    private final ProbeHistory history;
    private final Vitals vitals;
    private final Lanes lanes;
    private final Ports ports;
    private final Neighbours neighbours;
    private final Rounds rounds;
    private final DueProbes<Watched> due;
    private final Map<CameraId, Watched> cameras;

    private long lastTurn;
    private Instant lastTurnAt;
    private long lookedAt;

    ProbeLoop(
            EngineSettings settings,
            EngineClock clock,
            EngineMeters meters,
            ProbeHistory history,
            Vitals vitals,
            CameraChecker checker,
            Roster roster,
            Ports ports) {
        this.settings = settings;
        this.policy = settings.confirmPolicy();
        this.clock = clock;
        this.meters = meters;
        this.history = history;
        this.vitals = vitals;
        this.lanes = new Lanes(settings, checker, clock, meters, this::done);
        this.ports = ports;
        this.cameras = roster.cameras();
        this.due = roster.due();
        this.rounds = roster.rounds();
        this.neighbours = roster.neighbours();
        this.lastTurn = clock.nanos();
        this.lastTurnAt = clock.now();
        this.lookedAt = lastTurn;
    }

    /** Turns follow from now on: what the application needed until then is no pause. */
    void begin() {
        lastTurn = clock.nanos();
        lastTurnAt = clock.now();
    }

    /** Takes in what has come, begins all that is due. */
    void turn() {
        long now = clock.nanos();
        lookAtTheTime(now);
        lanes.takeIn(now + TURN);
        for (Watched next = due.poll(now); next != null; next = due.poll(now)) {
            begin(next);
            if (clock.nanos() - now >= 2 * TURN) {
                break;
            }
        }
    }

    private void lookAtTheTime(long now) {
        Instant wall = clock.now();
        Duration gap = Duration.ofNanos(now - lastTurn);
        Duration wallGap = Duration.between(lastTurnAt, wall);
        lastTurn = now;
        lastTurnAt = wall;
        Duration longer = gap.compareTo(wallGap) > 0 ? gap : wallGap;
        if (longer.compareTo(settings.pause()) > 0) {
            paused(longer, now);
        } else if (gap.compareTo(settings.stall()) > 0) {
            vitals.stalled(gap, now);
        }
        if (now - lookedAt >= LOOK_EVERY) {
            lookedAt = now;
            vitals.look(lanes.latest(now), lanes.status(), now);
            rounds.quietSince(now);
        }
    }

    /**
     * Nothing of what was under way counts, and what was missed is made up for over as long as it
     * took.
     */
    private void paused(Duration gap, long now) {
        Rounds.MakeUp makeUp = rounds.makeUp(gap, now);
        long last = now;
        for (Watched watched : cameras.values()) {
            if (watched.due() < now) {
                long at = rounds.madeUp(watched, makeUp, now);
                due.put(watched, at);
                last = Math.max(last, at);
            }
        }
        rounds.madeUpUntil(last);
        vitals.paused(gap, Duration.ofNanos(last - now), now);
    }

    private void begin(Watched watched) {
        if (watched.check != null) {
            watched.again = true;
            return;
        }
        watched.answerWithThisCheck();
        boolean urgent = watched.state.doubt() != null || !watched.answering.isEmpty();
        var check =
                new Check(
                        watched,
                        watched.edge,
                        watched.wasDue(),
                        urgent,
                        !watched.isWell(),
                        neighbours.sharesServer(watched.camera));
        watched.check = check;
        lanes.begin(check);
    }

    /** All that is under way is given up. */
    void stop() {
        lanes.clear();
    }

    /**
     * What a person asked for; the sink gets the status that the check led to, or nothing where
     * there is no such camera.
     */
    void ask(CameraId id, Sinks.One<CameraStatus> answer) {
        Watched watched = cameras.get(id);
        if (watched == null) {
            answer.tryEmitEmpty();
            return;
        }
        Check queued = watched.check;
        if (queued != null) {
            lanes.hurry(queued);
        }
        if (queued != null && !queued.hasBegun() && !queued.outdated()) {
            watched.answering.add(answer);
        } else {
            watched.asked.add(answer);
            watched.checkSoon(due, clock.nanos());
        }
        turn();
    }

    // ---- what came of it ----

    private void done(Check check) {
        Watched watched = check.watched;
        watched.check = null;
        if (watched.retired) {
            return;
        }
        if (check.outdated()) {
            watched.again = false;
            watched.answerWithNextCheck();
            due.put(watched, clock.nanos());
            return; // what was seen is of the camera as it was
        }
        long now = clock.nanos();
        Observation seen = observe(check, now);
        Judgement judgement = VerdictRule.judge(seen);
        if (judgement instanceof Judgement.Inconclusive) {
            meters.inconclusive();
        }
        var evidence = seen.evidence().with(neighbours.siblings(watched, judgement, seen.host()));
        var step = watched.state.accept(judgement, evidence, clock.now(), policy);
        settle(watched, step, now);
        show(watched, seen, judgement);
        next(watched, step, seen, now);
        neighbours.pullForward(watched, step.transition(), seen.hls(), now);
        neighbours.pullKin(watched, step.transition(), now);
    }

    private Observation observe(Check check, long now) {
        String blind = vitals.distrusts(check);
        if (blind == null && !check.allGood()) {
            blind = vitals.distrustsBad(check, check.watched.deviatingAt);
        }
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
        watched.deviatingAt = DueProbes.NEVER;
        watched.confirmedAt = now;
    }

    private void show(Watched watched, Observation seen, Judgement judgement) {
        if (seen.hls() != null && seen.hls().edge() != null) {
            watched.edge = seen.hls().edge();
        }
        var evidence = seen.evidence();
        CameraState state = watched.state;
        boolean nothingKnown = state.verdict() == Verdict.UNKNOWN;
        var status =
                new CameraStatus(
                        state.id(),
                        state.verdict(),
                        nothingKnown ? judgement.reason() : state.reason(),
                        state.since(),
                        evidence.icmp(),
                        evidence.hls());
        watched.shown = status;
        history.record(status, watched.claim);
        ports.shown(status);
        watched.answer(status);
    }

    private void next(Watched watched, CameraState.Step step, Observation seen, long now) {
        if (watched.again) {
            watched.again = false;
            due.put(watched, now);
            return;
        }
        due.put(watched, rounds.next(watched, step.lookAgainAt(), seen.hls(), now));
    }

    /** The log did not take a transition: another engine was first. Its word counts. */
    void corrected(CameraStatus truth) {
        Watched watched = cameras.get(truth.cameraId());
        if (watched != null) {
            meters.moved(watched.state.verdict(), truth.verdict());
            watched.state = CameraState.of(truth);
            watched.checkSoon(due, clock.nanos());
        }
    }
}
