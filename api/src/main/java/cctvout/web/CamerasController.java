package cctvout.web;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.camera.CameraId;
import cctvout.camera.CameraQuery;
import cctvout.camera.CameraRegistry;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.NotAcceptableStatusException;

import reactor.core.publisher.Mono;

import tools.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.OptionalLong;

/** The registered cameras. */
@RestController
@RequestMapping("/api/cameras")
@ConditionalOnRole(Role.API)
class CamerasController extends RecordController<Camera, Camera> {

    private static final MediaType CSV = new MediaType("text", "csv");

    private final CameraRegistry registry;
    private final CameraBodies bodies;

    CamerasController(CameraRegistry registry, CameraBodies bodies, JsonBodies json) {
        super("camera", "/api/cameras", json);
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
        return registry.create(parse(json.object(body))).map(this::created);
    }

    /** The table has its own route, but none for who takes no table. */
    @Override
    Mono<ResponseEntity<Camera>> read(String id) {
        return id.equals(CameraCheck.EXPORT)
                ? Mono.error(new NotAcceptableStatusException(List.of(CSV)))
                : super.read(id);
    }

    @Override
    boolean isId(String id) {
        return CameraId.isValid(id);
    }

    @Override
    Mono<Camera> stored(String id) {
        return registry.find(new CameraId(id));
    }

    @Override
    Mono<Camera> update(Camera wanted, OptionalLong version) {
        return registry.update(wanted, version);
    }

    @Override
    Mono<Boolean> remove(String id, OptionalLong version) {
        return registry.delete(new CameraId(id), version);
    }

    @Override
    Camera parse(ObjectNode body) {
        return bodies.camera(body);
    }

    @Override
    String id(Camera one) {
        return one.id().value();
    }

    @Override
    long version(Camera one) {
        return one.version();
    }

    @Override
    Camera shown(Camera one) {
        return one;
    }
}
