package cctvout.web;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.camera.CameraQuery;
import cctvout.camera.CameraRegistry;
import cctvout.problem.ProblemException;
import cctvout.record.StaleRecordException;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** The registered cameras. */
@RestController
@RequestMapping("/api/cameras")
@ConditionalOnRole(Role.API)
class CamerasController {

    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final int PATCH_TRIES = 5;

    private final CameraRegistry registry;
    private final CameraBodies bodies;

    CamerasController(CameraRegistry registry, CameraBodies bodies) {
        this.registry = registry;
        this.bodies = bodies;
    }

    @GetMapping
    Mono<CameraRegistry.Page> list(
            @RequestParam(required = false) @Nullable String q,
            @RequestParam(required = false) @Nullable Verdict verdict,
            @RequestParam(required = false) @Nullable String line,
            @RequestParam(required = false) @Nullable String site,
            @RequestParam(required = false) @Nullable String district,
            @RequestParam(required = false) @Nullable String vendor,
            @RequestParam(required = false) @Nullable String zone,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return registry.search(
                new CameraQuery(
                        q,
                        verdict == null ? null : verdict.name(),
                        line,
                        site,
                        district,
                        vendor,
                        zone,
                        Paging.limit(limit),
                        Paging.id(cursor)));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Camera>> create(@RequestBody(required = false) byte @Nullable [] body) {
        return registry.create(bodies.created(body))
                .map(
                        camera ->
                                ResponseEntity.created(location(camera.id()))
                                        .eTag(Versions.tag(camera.version()))
                                        .body(camera));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<Camera>> read(@PathVariable String id) {
        return find(id).map(CamerasController::tagged);
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Camera>> replace(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        CameraId known = KnownIds.camera(id);
        OptionalLong demanded = Versions.demanded(ifMatch);
        return registry.update(bodies.replaced(known, body), demanded)
                .switchIfEmpty(Mono.error(() -> ProblemException.unknown("camera", id)))
                .map(CamerasController::tagged);
    }

    /** Without If-Match a change by somebody else in between is merged with, not lost. */
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MERGE_PATCH})
    Mono<ResponseEntity<Camera>> patch(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        OptionalLong demanded = Versions.demanded(ifMatch);
        Mono<Camera> patched =
                find(id).flatMap(before -> patched(before, body, demanded))
                        .switchIfEmpty(Mono.error(() -> ProblemException.unknown("camera", id)));
        Mono<Camera> tried =
                demanded.isPresent()
                        ? patched
                        : patched.retryWhen(
                                Retry.max(PATCH_TRIES)
                                        .filter(StaleRecordException.class::isInstance)
                                        .onRetryExhaustedThrow((_, last) -> last.failure()));
        return tried.map(CamerasController::tagged);
    }

    @DeleteMapping("/{id}")
    Mono<ResponseEntity<Void>> delete(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable String ifMatch) {
        return registry.delete(KnownIds.camera(id), Versions.demanded(ifMatch))
                .filter(removed -> removed)
                .switchIfEmpty(Mono.error(() -> ProblemException.unknown("camera", id)))
                .map(_ -> ResponseEntity.noContent().build());
    }

    private Mono<Camera> patched(Camera before, byte @Nullable [] body, OptionalLong demanded) {
        Camera after = bodies.patched(before, body);
        return registry.update(
                after, demanded.isPresent() ? demanded : OptionalLong.of(before.version()));
    }

    private Mono<Camera> find(String id) {
        return registry.find(KnownIds.camera(id))
                .switchIfEmpty(Mono.error(() -> ProblemException.unknown("camera", id)));
    }

    private static ResponseEntity<Camera> tagged(Camera camera) {
        return ResponseEntity.ok().eTag(Versions.tag(camera.version())).body(camera);
    }

    private static URI location(CameraId id) {
        return URI.create(
                "/api/cameras/" + UriUtils.encodePathSegment(id.value(), StandardCharsets.UTF_8));
    }
}
