package cctvout.engine;

import cctvout.camera.CameraId;
import cctvout.history.ProbeHistory;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.schedule.DueProbes;
import cctvout.status.CameraState;
import cctvout.status.CameraStatus;
import cctvout.status.Observation;
import cctvout.status.Verdict;

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

    private static final long LOOK_EVERY = Duration.ofSeconds(1).toNanos();

    /**
     * What a turn takes in, and what it begins, may each take so long; the rest is for the next
     * turn. So a turn that came very late is a process that stood still, not one that has much to
     * do.
     */
    private static final long TURN = Duration.ofMillis(20).toNanos();

    private final EngineSettings settings;
    private final EngineClock clock;
    private final EngineMeters meters;
    private final Vitals vitals;
    private final Lanes lanes;
    private final Neighbours neighbours;
    private final Judge judge;
    private final Rounds rounds;
    private final DueProbes<Watched> due;
    private final Map<CameraId, Watched> cameras;

    private long lastTurn;
    private Instant lastTurnAt;
    private long lookedAt;
    private boolean ending;
    private volatile long nextDue = DueProbes.NEVER;

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
        this.clock = clock;
        this.meters = meters;
        this.vitals = vitals;
        this.lanes = new Lanes(settings, checker, clock, meters, this::done);
        this.cameras = roster.cameras();
        this.due = roster.due();
        this.rounds = roster.rounds();
        this.neighbours = roster.neighbours();
        this.judge = new Judge(settings, clock, meters, history, vitals, neighbours, ports);
        this.lastTurn = clock.nanos();
        this.lastTurnAt = clock.now();
        this.lookedAt = lastTurn;
    }

    /** Turns follow from now on: what the application needed until then is no pause. */
    void begin() {
        ending = false;
        lastTurn = clock.nanos();
        lastTurnAt = clock.now();
    }

    /** Takes in what has come, begins all that is due. */
    void turn() {
        long now = clock.nanos();
        lookAtTheTime(now);
        lanes.takeIn(now + TURN);
        if (ending) {
            return;
        }
        for (Watched next = due.poll(now); next != null; next = due.poll(now)) {
            begin(next);
            if (clock.nanos() - now >= 2 * TURN) {
                break;
            }
        }
        nextDue = due.next();
    }

    /**
     * When the next check is due, on the loop's clock, for any thread; {@code NEVER} for none. It
     * is in the past where the turns have ended.
     */
    long nextDue() {
        return nextDue;
    }

    private void lookAtTheTime(long now) {
        Instant wall = clock.now();
        Duration gap = Duration.ofNanos(now - lastTurn);
        Duration wallGap = Duration.between(lastTurnAt, wall);
        lastTurn = now;
        lastTurnAt = wall;
        Duration longer = gap.compareTo(wallGap) > 0 ? gap : wallGap;
        Duration back = gap.minus(wallGap);
        if (longer.compareTo(settings.pause()) > 0) {
            paused(longer, now);
        } else if (back.compareTo(settings.pause()) > 0) {
            vitals.setBack(back, now);
        } else if (gap.compareTo(settings.stall()) > 0) {
            vitals.stalled(gap, now);
        }
        if (now - lookedAt >= LOOK_EVERY) {
            lookedAt = now;
            vitals.look(lanes.latest(now), lanes.status(), now);
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
        if (watched.canWait() && isPutOff(watched)) {
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
                        watched.suspect || !watched.isWell(),
                        neighbours.sharesServer(watched.camera));
        watched.suspect = false;
        watched.check = check;
        lanes.begin(check);
    }

    private boolean isPutOff(Watched watched) {
        long now = clock.nanos();
        if (rounds.isImporting(now)) {
            due.put(watched, rounds.first(watched.camera, now));
            return true;
        }
        if (vitals.isOverloaded() && !watched.waited) {
            watched.waited = true;
            due.put(watched, rounds.putOff(watched, now));
            return true;
        }
        return false;
    }

    /** Nothing more begins; what has begun may land. */
    void end() {
        ending = true;
        lanes.forgetWaiting();
    }

    /** All that was begun is in. */
    boolean hasLanded() {
        return lanes.isEmpty();
    }

    /** All that is under way is given up, and who waits for it is told. */
    void stop() {
        end();
        lanes.clear();
        var why = new EngineStoppingException();
        for (Watched watched : cameras.values()) {
            watched.refuse(why);
            if (watched.check != null) {
                watched.check = null;
                due.put(watched, clock.nanos());
            }
        }
    }

    /**
     * What a person asked for; the sink gets the status that the check led to, or nothing where
     * there is no such camera.
     */
    void ask(CameraId id, Sinks.One<CameraStatus> answer) {
        if (ending) {
            answer.tryEmitError(new EngineStoppingException());
            return;
        }
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
        Observation seen = judge.observe(check, now);
        CameraState.Step step = judge.judge(check, seen, now);
        next(watched, step, seen, now);
        neighbours.pullForward(watched, step.transition(), seen.hls(), now);
        judge.believe(neighbours.pullKin(watched, step.transition(), now), now);
    }

    private void next(Watched watched, CameraState.Step step, Observation seen, long now) {
        if (watched.again) {
            watched.again = false;
            due.put(watched, now);
            return;
        }
        HlsResult hls = vitals.isOverloaded() && proofCanWait(watched, seen) ? null : seen.hls();
        due.put(watched, rounds.next(watched, step.lookAgainAt(), hls, now));
    }

    /** A stream that was well at its first look: whether it moves is seen at the next round too. */
    private static boolean proofCanWait(Watched watched, Observation seen) {
        return seen.hls() != null
                && seen.hls().reason() == HlsReason.FRESHNESS_UNPROVEN
                && watched.isSurely(Verdict.HEALTHY);
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
