package cctvout.engine;

import cctvout.camera.CameraId;
import cctvout.status.CameraStatus;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.Optional;

/** The running engine, as the modules above see it. */
public interface ProbeEngine {

    /**
     * Probes a camera now, ahead of the queue. Lazy; completes with the status that the probe led
     * to (a first bad result is no verdict yet); empty where the camera is unknown or paused;
     * errors with {@link EngineBusyException}, {@link EngineStoppingException}.
     */
    Mono<CameraStatus> check(CameraId id);

    /**
     * The latest status, with measurements; empty where this engine has not checked the camera so
     * far: what is stored counts.
     */
    Optional<CameraStatus> status(CameraId id);

    /**
     * Every camera's measurements as they come in; hot, from the subscription on. A subscriber that
     * does not keep up misses some: it is never a queue.
     */
    Flux<CameraStatus> results();

    EngineStatus status();
}
