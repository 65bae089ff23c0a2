package cctvout.stream;

import cctvout.camera.CameraChange;
import cctvout.camera.CameraId;
import cctvout.camera.CameraRegistry;

import org.jspecify.annotations.Nullable;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Every camera's place in memory, kept by following the registry. */
final class CameraPlaces {

    /** Removed cameras whose last events may still be on their way. */
    private static final int REMOVED_KEPT = 10_000;

    private static final Duration LOOKUP = Duration.ofSeconds(2);

    private final CameraRegistry registry;
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    private final Map<String, Place> removed = new LinkedHashMap<>();
    private long revision;

    CameraPlaces(CameraRegistry registry) {
        this.registry = registry;
    }

    Disposable start() {
        return Mono.fromSupplier(() -> revision)
                .flatMapMany(registry::changes)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofSeconds(1)))
                .subscribe(this::apply);
    }

    /** Null where it is unknown. */
    @Nullable Place of(String cameraId) {
        Place place = places.get(cameraId);
        return place != null ? place : ofRemoved(cameraId);
    }

    /**
     * The place as the registry has it where it is not in memory, or not any more; {@link
     * Place#NOWHERE} where nobody knows it. Lazy, never an error: an event is not held up by its
     * filter.
     */
    Mono<Place> find(String cameraId) {
        Place known = of(cameraId);
        if (known != null) {
            return Mono.just(known);
        }
        return Mono.defer(() -> registry.lastKnown(new CameraId(cameraId)))
                .map(Place::of)
                .timeout(LOOKUP)
                .onErrorComplete()
                .defaultIfEmpty(Place.NOWHERE);
    }

    private void apply(CameraChange change) {
        String id = change.id().value();
        switch (change) {
            case CameraChange.Saved(var camera, _) -> places.put(id, Place.of(camera));
            case CameraChange.Removed _ -> keepRemoved(id, places.remove(id));
        }
        revision = change.revision();
    }

    private @Nullable Place ofRemoved(String cameraId) {
        synchronized (removed) {
            return removed.get(cameraId);
        }
    }

    private void keepRemoved(String id, @Nullable Place place) {
        if (place == null) {
            return;
        }
        synchronized (removed) {
            removed.put(id, place);
            if (removed.size() > REMOVED_KEPT) {
                removed.remove(removed.keySet().iterator().next());
            }
        }
    }
}
