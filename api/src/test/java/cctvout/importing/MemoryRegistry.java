package cctvout.importing;

import cctvout.camera.Camera;
import cctvout.camera.CameraChange;
import cctvout.camera.CameraId;
import cctvout.camera.CameraQuery;
import cctvout.camera.CameraRegistry;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;

/** As much of a registry as an import writes and an export reads. */
final class MemoryRegistry implements CameraRegistry {

    final Map<CameraId, Camera> cameras = new ConcurrentSkipListMap<>();
    final List<Integer> batches = new ArrayList<>();

    @Override
    public Mono<Camera> find(CameraId id) {
        return Mono.justOrEmpty(cameras.get(id));
    }

    @Override
    public Flux<Camera> all() {
        return Flux.fromIterable(cameras.values());
    }

    @Override
    public Mono<List<Saving>> saveAll(List<Camera> batch) {
        return Mono.fromSupplier(
                () -> {
                    batches.add(batch.size());
                    return batch.stream().map(this::save).toList();
                });
    }

    private Saving save(Camera camera) {
        Camera before = cameras.get(camera.id());
        Saving outcome = ImportTally.outcome(camera, before);
        if (outcome != Saving.UNCHANGED) {
            cameras.put(camera.id(), camera.withVersion(before == null ? 1 : before.version() + 1));
        }
        return outcome;
    }

    @Nullable Camera get(String id) {
        return cameras.get(new CameraId(id));
    }

    @Override
    public Mono<Page> search(CameraQuery query) {
        return notAsked();
    }

    @Override
    public Mono<Camera> create(Camera camera) {
        return notAsked();
    }

    @Override
    public Mono<Camera> update(Camera camera, OptionalLong expectedVersion) {
        return notAsked();
    }

    @Override
    public Mono<Boolean> delete(CameraId id, OptionalLong expectedVersion) {
        return notAsked();
    }

    @Override
    public Flux<CameraChange> changes(long afterRevision) {
        return Flux.error(new UnsupportedOperationException("not an import's"));
    }

    private static <T> Mono<T> notAsked() {
        return Mono.error(new UnsupportedOperationException("not an import's"));
    }
}
