package cctvout.its;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.camera.CameraDraft;
import cctvout.camera.CameraId;
import cctvout.camera.CameraQuery;
import cctvout.camera.CameraRegistry;
import cctvout.camera.CameraRegistry.Saving;
import cctvout.its.ItsStatus.Round;
import cctvout.network.DocumentFetch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One fetch: the list into the registry. Of a camera that is there already only the URL is written,
 * so that what people changed stays; one that they removed stays away. One that the list lacks too
 * often is paused, not removed, and goes on when it is back; who pauses one by hand keeps it so.
 */
final class ItsSource {

    private static final Logger log = LoggerFactory.getLogger(ItsSource.class);
    private static final int LONGEST_FAILURE = 300;

    private final ItsSettings settings;
    private final URI list;
    private final DocumentFetch fetch;
    private final JsonMapper json;
    private final CameraRegistry registry;
    private final CameraCheck check;
    private final ItsRecords records;
    private final Consumer<String> changed;

    /**
     * @param changed told what a fetch changed, such as {@code created=3&updated=1}
     */
    ItsSource(
            ItsSettings settings,
            URI list,
            DocumentFetch fetch,
            JsonMapper json,
            CameraRegistry registry,
            CameraCheck check,
            ItsRecords records,
            Consumer<String> changed) {
        this.settings = settings;
        this.list = list;
        this.fetch = fetch;
        this.json = json;
        this.registry = registry;
        this.check = check;
        this.records = records;
        this.changed = changed;
    }

    /**
     * Fetches where it is due and no other process does, and says how it stands. Lazy. That a fetch
     * failed is part of the answer; errors where the database is away.
     */
    Mono<ItsStatus> turn() {
        return records.claim(settings.interval())
                .flatMap(due -> due ? fetchOnce() : Mono.empty())
                .then(records.status());
    }

    private Mono<Void> fetchOnce() {
        return records.now()
                .flatMap(
                        begun ->
                                Mono.defer(() -> fetch.get(settings.keyed(list)))
                                        .publishOn(Schedulers.parallel())
                                        .map(
                                                body ->
                                                        ItsList.parse(
                                                                json, body, settings.maxCameras()))
                                        .flatMap(read -> take(read, begun)))
                .flatMap(records::succeeded)
                .onErrorResume(this::failed);
    }

    private Mono<Void> failed(Throwable why) {
        String said = String.valueOf(why.getMessage()).replaceAll("\\p{Cntrl}+", " ");
        String safe = settings.withoutKey(said);
        String brief = safe.substring(0, Math.min(LONGEST_FAILURE, safe.length()));
        log.warn("The camera list of {} was not taken: {}", list.getHost(), brief);
        return records.failed(brief, settings.retry());
    }

    private Mono<Round> take(ItsList read, Instant begun) {
        if (read.cameras().isEmpty()) {
            // a list that is suddenly empty is the list's fault, not that of all cameras
            return Mono.error(new ItsList.NoListException("answered with an empty list"));
        }
        return Flux.fromIterable(read.cameras())
                .buffer(CameraQuery.MAX_LIMIT)
                .concatMap(batch -> save(batch, begun), 1)
                .reduce(new Round(0, 0, 0, read.skipped()), Round::plus)
                .flatMap(
                        round ->
                                pauseMissing(begun)
                                        .doOnNext(paused -> tell(round, paused))
                                        .thenReturn(round));
    }

    private void tell(Round round, int paused) {
        if (round.created() + round.updated() + paused > 0) {
            changed.accept(
                    "created=%d&updated=%d&paused=%d"
                            .formatted(round.created(), round.updated(), paused));
        }
    }

    private Mono<Round> save(List<ItsCamera> batch, Instant begun) {
        List<CameraId> ids = batch.stream().map(ItsCamera::id).toList();
        return Mono.zip(registry.findAll(ids), records.seen(ids))
                .flatMap(
                        both -> {
                            List<Camera> good = new ArrayList<>();
                            int refused = 0;
                            for (ItsCamera entry : batch) {
                                Merged merged = merge(entry, both.getT1(), both.getT2());
                                good.addAll(merged.save());
                                refused += merged.refused() ? 1 : 0;
                            }
                            int skipped = refused;
                            return registry.saveAll(good)
                                    .flatMap(
                                            saved ->
                                                    records.listed(ids, begun)
                                                            .thenReturn(
                                                                    round(batch, saved, skipped)));
                        });
    }

    private static Round round(List<ItsCamera> batch, List<Saving> saved, int skipped) {
        return new Round(
                batch.size(),
                Collections.frequency(saved, Saving.CREATED),
                Collections.frequency(saved, Saving.UPDATED),
                skipped);
    }

    /** What is to be stored of an entry, at most one camera. */
    private record Merged(List<Camera> save, boolean refused) {}

    private Merged merge(ItsCamera entry, Map<CameraId, Camera> stored, ItsRecords.Seen seen) {
        CameraId id = entry.id();
        Camera before = stored.get(id);
        if (before == null && seen.known().contains(id)) {
            return new Merged(List.of(), false);
        }
        CameraDraft draft =
                before == null
                        ? fresh(entry)
                        : again(
                                before,
                                entry.url(),
                                before.enabled() || seen.paused().contains(id));
        return check.violations(draft).isEmpty()
                ? new Merged(List.of(draft.toCamera()), false)
                : new Merged(List.of(), true);
    }

    private CameraDraft fresh(ItsCamera entry) {
        return new CameraDraft(
                entry.id().value(),
                entry.name(),
                null,
                entry.latitude(),
                entry.longitude(),
                null,
                entry.url(),
                settings.line(),
                settings.site(),
                settings.district(),
                settings.vendor(),
                null,
                true,
                null,
                null,
                null);
    }

    private static CameraDraft again(
            Camera camera, @org.jspecify.annotations.Nullable String url, boolean enabled) {
        return new CameraDraft(
                camera.id().value(),
                camera.name(),
                camera.address(),
                camera.latitude(),
                camera.longitude(),
                camera.ip(),
                url,
                camera.line(),
                camera.site(),
                camera.district(),
                camera.vendor(),
                camera.zone(),
                enabled,
                camera.interval(),
                camera.probes().icmp(),
                camera.probes().hls());
    }

    private Mono<Integer> pauseMissing(Instant begun) {
        return records.missing(begun, settings.absences())
                .flatMapMany(Flux::fromIterable)
                .buffer(CameraQuery.MAX_LIMIT)
                .concatMap(this::pause, 1)
                .reduce(0, Integer::sum);
    }

    private Mono<Integer> pause(List<CameraId> ids) {
        return registry.findAll(ids)
                .flatMap(
                        found -> {
                            List<Camera> running =
                                    found.values().stream().filter(Camera::enabled).toList();
                            List<Camera> paused =
                                    running.stream()
                                            .map(one -> again(one, one.hlsUrl(), false).toCamera())
                                            .toList();
                            if (paused.isEmpty()) {
                                return Mono.just(0);
                            }
                            log.info(
                                    "{} cameras are no longer in the list of {} and are paused",
                                    paused.size(),
                                    list.getHost());
                            return registry.saveAll(paused)
                                    .then(records.paused(running.stream().map(Camera::id).toList()))
                                    .thenReturn(paused.size());
                        });
    }
}
