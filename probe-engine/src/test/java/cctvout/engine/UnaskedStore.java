package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.camera.CameraQuery;
import cctvout.camera.CameraRegistry;
import cctvout.history.ProbeHistory;
import cctvout.status.CameraStatus;
import cctvout.status.StatusTransition;
import cctvout.status.TransitionLog;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** What registry, log and history can do beside what the engine asks of them. */
abstract class UnaskedStore implements CameraRegistry, TransitionLog, ProbeHistory {

    @Override
    public Mono<CameraStatus> current(CameraId id) {
        return Mono.empty();
    }

    @Override
    public Mono<List<StatusTransition>> read(long after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<List<CameraStatus>> checks(CameraId id, Instant from, Instant to, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Camera> find(CameraId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Page> search(CameraQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Flux<Camera> all() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Camera> create(Camera camera) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Camera> update(Camera camera, OptionalLong expectedVersion) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Boolean> delete(CameraId id, OptionalLong expectedVersion) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<List<Saving>> saveAll(List<Camera> batch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<List<StatusTransition>> ofCamera(CameraId id, long before, int limit) {
        throw new UnsupportedOperationException();
    }
}
