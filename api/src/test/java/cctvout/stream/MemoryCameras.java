package cctvout.stream;

import cctvout.camera.Camera;
import cctvout.camera.CameraChange;
import cctvout.camera.CameraId;
import cctvout.camera.CameraQuery;
import cctvout.camera.CameraRegistry;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** As much of a registry as a stream reads. */
final class MemoryCameras implements CameraRegistry {

    private final Map<CameraId, Camera> cameras = new ConcurrentHashMap<>();
    private final Map<CameraId, Camera> removed = new ConcurrentHashMap<>();
    private final AtomicLong revision = new AtomicLong();
    private final Sinks.Many<CameraChange> changes = Sinks.many().replay().all();

    void put(String id, String district, String line, String vendor) {
        Camera camera = camera(id, district, line, vendor);
        cameras.put(camera.id(), camera);
        changes.emitNext(
                new CameraChange.Saved(camera, revision.incrementAndGet()),
                Sinks.EmitFailureHandler.FAIL_FAST);
    }

    /** One that was removed before this process started. */
    void putRemoved(String id, String district, String line, String vendor) {
        Camera camera = camera(id, district, line, vendor);
        removed.put(camera.id(), camera);
    }

    private static Camera camera(String id, String district, String line, String vendor) {
        return new Camera(
                new CameraId(id),
                id,
                null,
                null,
                null,
                "127.0.0.1",
                null,
                line,
                null,
                district,
                vendor,
                null,
                true,
                null,
                Camera.Probes.BOTH,
                1);
    }

    @Override
    public Mono<Camera> find(CameraId id) {
        return Mono.justOrEmpty(cameras.get(id));
    }

    @Override
    public Mono<Camera> lastKnown(CameraId id) {
        return find(id).switchIfEmpty(Mono.justOrEmpty(removed.get(id)));
    }

    @Override
    public Flux<CameraChange> changes(long afterRevision) {
        return changes.asFlux().filter(change -> change.revision() > afterRevision);
    }

    @Override
    public Flux<Camera> all() {
        return Flux.fromIterable(cameras.values());
    }

    @Override
    public Mono<Page> search(CameraQuery query) {
        return notRead();
    }

    @Override
    public Mono<Camera> create(Camera camera) {
        return notRead();
    }

    @Override
    public Mono<Camera> update(Camera camera, OptionalLong expectedVersion) {
        return notRead();
    }

    @Override
    public Mono<Boolean> delete(CameraId id, OptionalLong expectedVersion) {
        return notRead();
    }

    @Override
    public Mono<List<Saving>> saveAll(List<Camera> batch) {
        return notRead();
    }

    private static <T> Mono<T> notRead() {
        return Mono.error(new UnsupportedOperationException("a stream only reads"));
    }

    @Nullable Camera get(String id) {
        return cameras.get(new CameraId(id));
    }
}
