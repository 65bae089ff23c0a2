package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.camera.CameraChange;
import cctvout.camera.CameraId;
import cctvout.schedule.DueProbes;
import cctvout.status.CameraState;
import cctvout.status.CameraStatus;
import cctvout.status.StatusTransition;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The cameras that the loop probes, as the registry changes them. The loop's thread alone. */
final class Roster {

    private final EngineClock clock;
    private final EngineMeters meters;
    private final CameraChecker checker;
    private final Ports ports;
    private final Rounds rounds;
    private final Neighbours neighbours;
    private final DueProbes<Watched> due = new DueProbes<>();
    private final Map<CameraId, Watched> cameras = new ConcurrentHashMap<>();
    private final Map<CameraId, CameraState> stored = new HashMap<>();

    Roster(
            EngineSettings settings,
            EngineClock clock,
            EngineMeters meters,
            CameraChecker checker,
            Ports ports) {
        this.clock = clock;
        this.meters = meters;
        this.checker = checker;
        this.ports = ports;
        this.rounds = new Rounds(settings, clock);
        this.neighbours = new Neighbours(settings, rounds, due, cameras);
    }

    /** Readable by any thread. */
    Map<CameraId, Watched> cameras() {
        return cameras;
    }

    DueProbes<Watched> due() {
        return due;
    }

    Rounds rounds() {
        return rounds;
    }

    Neighbours neighbours() {
        return neighbours;
    }

    /** A verdict from the log, before the camera itself is heard of. */
    void remember(CameraState state) {
        stored.put(state.id(), state);
    }

    /** The cameras are about to come, first those that there are already. */
    void reading() {
        rounds.starting(clock.nanos());
    }

    void changed(CameraChange change) {
        rounds.changedAt(clock.nanos());
        switch (change) {
            case CameraChange.Saved(var camera, var _) when camera.enabled() -> saved(camera);
            case CameraChange.Saved(var camera, var _) -> retire(camera.id(), "CAMERA_PAUSED");
            case CameraChange.Removed(var id, var _) -> retire(id, "CAMERA_REMOVED");
        }
    }

    private void saved(Camera camera) {
        Watched known = cameras.get(camera.id());
        if (known == null) {
            add(camera);
        } else if (!known.camera.equals(camera)) {
            replace(known, camera);
        }
    }

    private void add(Camera camera) {
        CameraState before = stored.remove(camera.id());
        CameraState state = before != null ? before : CameraState.unknown(camera.id(), clock.now());
        Watched watched = new Watched(camera, state);
        cameras.put(camera.id(), watched);
        neighbours.add(camera);
        meters.added(state.verdict());
        rounds.joined(camera);
        long now = clock.nanos();
        if (state.verdict() == Verdict.UNKNOWN) {
            due.put(watched, rounds.first(camera, now));
        } else {
            due.put(watched, rounds.next(watched, now));
        }
    }

    private void replace(Watched watched, Camera camera) {
        forget(watched.camera);
        rounds.left(watched.camera);
        rounds.joined(camera);
        neighbours.add(camera);
        watched.camera = camera;
        watched.kin = Kin.keys(camera);
        watched.edge = null;
        watched.checkSoon(due, rounds.first(camera, clock.nanos()));
    }

    private void retire(CameraId id, String why) {
        Watched watched = cameras.remove(id);
        CameraState before = stored.remove(id);
        if (watched != null) {
            watched.retired = true;
            rounds.left(watched.camera);
            end(watched.state, why);
            due.remove(watched);
            forget(watched.camera);
            meters.removed(watched.state.verdict());
            watched.answerNobody();
        } else if (before != null) {
            end(before, why);
        }
    }

    private void end(CameraState state, String why) {
        StatusTransition transition = state.retire(why, clock.now()).transition();
        if (transition != null) {
            ports.transition(transition);
        }
    }

    private void forget(Camera camera) {
        String host = camera.hlsHost();
        if (neighbours.remove(camera) && host != null) {
            checker.forget(host);
        }
    }

    /** The latest status, for any thread; null where the camera was not checked here so far. */
    @Nullable CameraStatus status(CameraId id) {
        Watched watched = cameras.get(id);
        return watched == null ? null : watched.shown;
    }
}
