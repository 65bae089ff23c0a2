package cctvout.status;

import cctvout.camera.CameraId;
import cctvout.cluster.Claim;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.List;

/** The numbered, durable sequence of all confirmed transitions. All publishers are lazy. */
public interface TransitionLog {

    /**
     * Stores in one transaction those whose {@code from} is the camera's stored verdict, and moves
     * that verdict on; the others are not transitions (another engine was first, the camera is
     * gone) and are left out.
     *
     * @return the stored ones, numbered, in the order given; errors where the database is away
     */
    Mono<List<StatusTransition>> append(List<StatusTransition> transitions);

    /** A transition, and the claim to its camera under which it was found. */
    record Claimed(StatusTransition transition, Claim claim) {}

    /**
     * The same, of an engine that is one of several: a transition whose camera's shard was taken
     * since by another is left out too.
     */
    default Mono<List<StatusTransition>> appendClaimed(List<Claimed> transitions) {
        return append(transitions.stream().map(Claimed::transition).toList());
    }

    /** At most {@code limit} after a number, ascending. */
    Mono<List<StatusTransition>> read(long after, int limit);

    /** One camera's newest, descending. */
    default Mono<List<StatusTransition>> ofCamera(CameraId id, int limit) {
        return ofCamera(id, Long.MAX_VALUE, limit);
    }

    /** At most {@code limit} of one camera's before a number, descending. */
    Mono<List<StatusTransition>> ofCamera(CameraId id, long before, int limit);

    /** The stored verdicts of those of the cameras that have one: what an engine starts from. */
    Flux<CameraState> verdicts(Collection<CameraId> ids);

    /**
     * One camera's stored verdict, with the measurements last written; empty where it has none yet.
     */
    Mono<CameraStatus> current(CameraId id);
}
