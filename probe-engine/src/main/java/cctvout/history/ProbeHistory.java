package cctvout.history;

import cctvout.camera.CameraId;
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

    /** One camera's checks in a span, newest first. Lazy. */
    Mono<List<CameraStatus>> checks(CameraId id, Instant from, Instant to, int limit);
}
