package cctvout.history;

import cctvout.camera.CameraId;
import cctvout.cluster.Claim;
import cctvout.status.CameraStatus;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;

/** What was measured. */
public interface ProbeHistory {

    /**
     * Takes a camera's newest measurements and verdict to be written in the next batch. Never
     * blocks, never fails: past the bound ({@code cctvout.history.buffer}) every camera gives up
     * some of its own that are not written yet, its newest last; they are counted.
     */
    void record(CameraStatus status);

    /** The same, measured under a claim: refused where another process has the camera by then. */
    default void record(CameraStatus status, Claim claim) {
        record(status);
    }

    /** One camera's checks in a span, newest first. Lazy. */
    Mono<List<CameraStatus>> checks(CameraId id, Instant from, Instant to, int limit);
}
