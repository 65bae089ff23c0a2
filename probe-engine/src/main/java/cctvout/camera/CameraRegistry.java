package cctvout.camera;

import cctvout.record.RecordExistsException;
import cctvout.record.StaleRecordException;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The registered cameras. All publishers are lazy; database work that has begun is finished even
 * where the subscriber cancels.
 */
public interface CameraRegistry {

    /** One page of a search, ordered by id. */
    record Page(List<Camera> items, long total, @org.jspecify.annotations.Nullable String next) {}

    /** What became of a batch, in its order. */
    enum Saving {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    /** Empty where the id is unknown. */
    Mono<Camera> find(CameraId id);

    /** As it is, or as it was when it was removed; empty where there never was one. */
    default Mono<Camera> lastKnown(CameraId id) {
        return find(id);
    }

    /** Those of the ids that are registered; at most {@link CameraQuery#MAX_LIMIT} ids. */
    default Mono<Map<CameraId, Camera>> findAll(Collection<CameraId> ids) {
        return Flux.fromIterable(ids).flatMap(this::find, 8).collectMap(Camera::id);
    }

    Mono<Page> search(CameraQuery query);

    /** Every camera, ordered by id, read in pages. */
    Flux<Camera> all();

    /** The stored camera, version 1; errors with {@link RecordExistsException}. */
    Mono<Camera> create(Camera camera);

    /**
     * Replaces a camera. Errors with {@link StaleRecordException} where {@code expectedVersion} is
     * not the stored one; empty where the id is unknown. A replacement that changes nothing keeps
     * the version.
     */
    Mono<Camera> update(Camera camera, OptionalLong expectedVersion);

    /** True where it was there; errors with {@link StaleRecordException}. Its history stays. */
    Mono<Boolean> delete(CameraId id, OptionalLong expectedVersion);

    /**
     * Adds or replaces all of them, in one transaction; at most {@link CameraQuery#MAX_LIMIT} a
     * batch.
     */
    Mono<List<Saving>> saveAll(List<Camera> batch);

    /**
     * The next of the changes after a revision that there are already, in commit order; empty where
     * there are no more. For who starts with many cameras and wants them in pieces.
     */
    default Mono<List<CameraChange>> changesSoFar(long afterRevision) {
        return Mono.just(List.of());
    }

    /** The same of a part of all cameras. */
    default Mono<List<CameraChange>> changesSoFar(CameraPart part, long afterRevision) {
        return changesSoFar(afterRevision);
    }

    /**
     * All changes after a revision, in commit order, then live within a second; never completes.
     */
    Flux<CameraChange> changes(long afterRevision);
}
