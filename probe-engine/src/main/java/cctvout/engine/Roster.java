package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.camera.CameraChange;
import cctvout.camera.CameraId;
import cctvout.cluster.Claim;
import cctvout.cluster.Ownership;
import cctvout.schedule.DueProbes;
import cctvout.status.Baseline;
import cctvout.status.CameraState;
import cctvout.status.CameraStatus;
import cctvout.status.StatusTransition;
import cctvout.status.Usual;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Map<CameraId, Usual> usuals = new HashMap<>();

    /** Whose cameras are all here, under these claims. */
    private final Map<Integer, Claim> loaded = new HashMap<>();

    private Ownership owned = Ownership.nothing("");

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

    /** How a camera whose anomaly stands was before it, by the log. */
    void rememberUsual(StatusTransition intoAnomaly) {
        Usual usual = intoAnomaly.evidence().usual();
        if (usual != null) {
            usuals.put(intoAnomaly.cameraId(), usual);
        }
    }

    /** A verdict from the log, before the camera itself is heard of. */
    void remember(CameraState state) {
        stored.put(state.id(), state);
    }

    /**
     * Lets go of all cameras that are not this process's any more; what is to be read now.
     *
     * @return shards whose cameras are not here yet
     */
    Set<Integer> owned(Ownership now) {
        if (!now.zones().equals(owned.zones())) {
            loaded.clear();
        }
        owned = now;
        stored.clear();
        usuals.clear();
        for (Watched watched : List.copyOf(cameras.values())) {
            if (!watched.claim.equals(now.of(watched.camera))) {
                leave(watched);
            }
        }
        loaded.values().removeIf(claim -> !claim.equals(now.claims().get(claim.shard())));
        if (loaded.isEmpty()) {
            rounds.starting(clock.nanos());
        }
        Set<Integer> missing = new HashSet<>(now.claims().keySet());
        missing.removeAll(loaded.keySet());
        return missing;
    }

    /** All cameras of these shards have come. */
    void loaded(Set<Integer> shards) {
        shards.forEach(
                shard -> {
                    Claim claim = owned.claims().get(shard);
                    if (claim != null) {
                        loaded.put(shard, claim);
                    }
                });
        rounds.started(clock.nanos());
    }

    boolean isEmpty() {
        return loaded.isEmpty();
    }

    void changed(CameraChange change) {
        rounds.changedAt(clock.nanos());
        switch (change) {
            case CameraChange.Saved(var camera, var _) when camera.enabled() -> saved(camera);
            case CameraChange.Saved(var camera, var _) ->
                    retire(camera.id(), owned.of(camera), "CAMERA_PAUSED");
            case CameraChange.Removed(var id, var _) ->
                    retire(id, owned.ofShard(id), "CAMERA_REMOVED");
        }
    }

    private void saved(Camera camera) {
        Watched known = cameras.get(camera.id());
        Claim claim = owned.of(camera);
        if (known != null && !known.claim.equals(claim)) {
            leave(known);
            known = null;
        }
        if (known == null) {
            if (claim != null) {
                add(camera, claim);
            }
        } else if (!known.camera.equals(camera)) {
            replace(known, camera);
        }
    }

    private void add(Camera camera, Claim claim) {
        CameraState before = stored.remove(camera.id());
        CameraState state = before != null ? before : CameraState.unknown(camera.id(), clock.now());
        Watched watched = new Watched(camera, state, claim);
        Usual usual = usuals.remove(camera.id());
        if (usual != null) {
            watched.baseline = Baseline.of(usual, clock.nanos());
        }
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
        watched.baseline = Baseline.NOTHING;
        watched.checkSoon(due, rounds.first(camera, clock.nanos()));
    }

    private void retire(CameraId id, @Nullable Claim claim, String why) {
        Watched watched = cameras.get(id);
        CameraState before = stored.remove(id);
        usuals.remove(id);
        if (watched != null) {
            leave(watched);
            end(watched.state, watched.claim, why);
        } else if (before != null && claim != null) {
            end(before, claim, why);
        }
    }

    /** Whatever becomes of it, it is not probed here any more. */
    private void leave(Watched watched) {
        cameras.remove(watched.camera.id());
        watched.retired = true;
        rounds.left(watched.camera);
        due.remove(watched);
        forget(watched.camera);
        meters.removed(watched.state.verdict());
        watched.answerNobody();
    }

    private void end(CameraState state, Claim claim, String why) {
        StatusTransition transition = state.retire(why, clock.now()).transition();
        if (transition != null) {
            ports.transition(transition, claim);
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
