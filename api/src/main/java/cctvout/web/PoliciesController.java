package cctvout.web;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.camera.CameraRegistry;
import cctvout.issue.IssueKind;
import cctvout.issue.Severity;
import cctvout.openapi.Takes;
import cctvout.policy.Fault;
import cctvout.policy.Policy;
import cctvout.policy.PolicyDesk;
import cctvout.policy.Trial;
import cctvout.problem.ProblemException;
import cctvout.record.Violation;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

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

import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Who is told of which faults, and when; and what would come of a fault that is thought of. */
@RestController
@RequestMapping("/api/policies")
@ConditionalOnRole(Role.API)
class PoliciesController {

    private static final ListOrder<Policy> ASKED =
            new ListOrder<>(
                    PoliciesController::rank, Pattern.compile("\\d{10}-[\\p{L}\\p{N}_.:-]{1,64}"));

    private final PolicyDesk desk;
    private final CameraRegistry cameras;
    private final JsonBodies json;

    PoliciesController(PolicyDesk desk, CameraRegistry cameras, JsonBodies json) {
        this.desk = desk;
        this.cameras = cameras;
        this.json = json;
    }

    /** In the order in which they are asked. */
    @GetMapping
    Mono<ListOrder.Page<Policy>> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        return desk.list().map(all -> ASKED.page(all, limit, cursor));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Policy>> create(@RequestBody(required = false) byte @Nullable [] body) {
        return desk.create(json.strictly(Policy.class, json.object(body)))
                .map(
                        stored ->
                                ResponseEntity.created(location(stored.id()))
                                        .eTag(Versions.tag(stored.version()))
                                        .body(stored));
    }

    /** Nothing is stored and nobody is told. */
    @Takes(Attempt.class)
    @PostMapping(path = "/try", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Trial> attempt(@RequestBody(required = false) byte @Nullable [] body) {
        Attempt attempt = json.strictly(Attempt.class, json.object(body));
        IssueKind kind = attempt.kind();
        if (kind == null) {
            return Mono.error(refused("kind", null, "is required"));
        }
        String id = attempt.cameraId();
        if (id == null) {
            return Mono.error(refused("cameraId", null, "is required"));
        }
        Severity severity = attempt.severity() == null ? kind.severity() : attempt.severity();
        Mono<Camera> known = CameraId.isValid(id) ? cameras.find(new CameraId(id)) : Mono.empty();
        return known.switchIfEmpty(Mono.error(() -> refused("cameraId", id, "is not registered")))
                .flatMap(camera -> desk.attempt(new Fault(camera, kind, severity), attempt.at()));
    }

    /**
     * @param severity the kind's own where none is given
     * @param at now where none is given
     */
    record Attempt(
            @Nullable String cameraId,
            @Nullable IssueKind kind,
            @Nullable Severity severity,
            @Nullable Instant at) {}

    @GetMapping("/{id}")
    Mono<ResponseEntity<Policy>> read(@PathVariable String id) {
        return find(id).map(PoliciesController::tagged);
    }

    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<Policy>> replace(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        OptionalLong demanded = Versions.demanded(ifMatch);
        return desk.update(named(id, json.object(body)), demanded)
                .switchIfEmpty(unknown(id))
                .map(PoliciesController::tagged);
    }

    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, "application/merge-patch+json"})
    Mono<ResponseEntity<Policy>> patch(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        OptionalLong demanded = Versions.demanded(ifMatch);
        ObjectNode patch = json.object(body);
        return find(id).flatMap(
                        before -> {
                            ObjectNode merged = json.tree(before);
                            JsonBodies.merge(merged, patch);
                            return desk.update(
                                    named(id, merged),
                                    demanded.isPresent()
                                            ? demanded
                                            : OptionalLong.of(before.version()));
                        })
                .switchIfEmpty(unknown(id))
                .map(PoliciesController::tagged);
    }

    /** Reminders and escalations that wait by it do not come any more. */
    @DeleteMapping("/{id}")
    Mono<ResponseEntity<Void>> delete(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable String ifMatch) {
        return desk.delete(id, Versions.demanded(ifMatch))
                .filter(removed -> removed)
                .switchIfEmpty(Mono.error(() -> ProblemException.unknown("policy", id)))
                .map(_ -> ResponseEntity.noContent().build());
    }

    /** Sorts as the priority does, and among equals the id. */
    private static String rank(Policy policy) {
        return "%010d-%s".formatted((long) policy.priority() - Integer.MIN_VALUE, policy.id());
    }

    private Policy named(String id, ObjectNode tree) {
        JsonBodies.identify(id, tree);
        return json.strictly(Policy.class, tree);
    }

    private Mono<Policy> find(String id) {
        return desk.find(id).switchIfEmpty(unknown(id));
    }

    private static Mono<Policy> unknown(String id) {
        return Mono.error(() -> ProblemException.unknown("policy", id));
    }

    private static ProblemException refused(String field, @Nullable String value, String reason) {
        return ProblemException.refused(new Violation(field, value, reason));
    }

    private static ResponseEntity<Policy> tagged(Policy policy) {
        return ResponseEntity.ok().eTag(Versions.tag(policy.version())).body(policy);
    }

    private static URI location(String id) {
        return URI.create(
                "/api/policies/" + UriUtils.encodePathSegment(id, StandardCharsets.UTF_8));
    }
}
