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
import cctvout.record.RecordId;
import cctvout.record.Violation;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who is told of which faults, and when; and what would come of a fault that is thought of. */
@RestController
@RequestMapping("/api/policies")
@ConditionalOnRole(Role.API)
class PoliciesController extends RecordController<Policy, Policy> {

    private static final ListOrder<Policy> ASKED =
            new ListOrder<>(PoliciesController::rank, PoliciesController::isRank);
    private static final Pattern PRIORITY = Pattern.compile("\\d{10}-");

    private final PolicyDesk desk;
    private final CameraRegistry cameras;

    PoliciesController(PolicyDesk desk, CameraRegistry cameras, JsonBodies json) {
        super("policy", "/api/policies", json);
        this.desk = desk;
        this.cameras = cameras;
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
        return desk.create(parse(json.object(body))).map(this::created);
    }

    /** Nothing is stored and nobody is told. */
    @Takes(Attempt.class)
    @PostMapping(path = "/try", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<Trial> attempt(@RequestBody(required = false) byte @Nullable [] body) {
        Attempt attempt = json.as(Attempt.class, json.object(body));
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

    @Override
    Mono<Policy> stored(String id) {
        return desk.find(id);
    }

    @Override
    Mono<Policy> update(Policy wanted, OptionalLong version) {
        return desk.update(wanted, version);
    }

    /** Reminders and escalations that wait by it do not come any more. */
    @Override
    Mono<Boolean> remove(String id, OptionalLong version) {
        return desk.delete(id, version);
    }

    @Override
    Policy parse(ObjectNode body) {
        return json.as(Policy.class, body);
    }

    @Override
    String id(Policy one) {
        return one.id();
    }

    @Override
    long version(Policy one) {
        return one.version();
    }

    @Override
    Policy shown(Policy one) {
        return one;
    }

    /** Sorts as the priority does, and among equals the id. */
    private static String rank(Policy policy) {
        return "%010d-%s".formatted((long) policy.priority() - Integer.MIN_VALUE, policy.id());
    }

    private static boolean isRank(String key) {
        Matcher priority = PRIORITY.matcher(key);
        return priority.lookingAt() && RecordId.isValid(key.substring(priority.end()));
    }

    private static ProblemException refused(String field, @Nullable String value, String reason) {
        return ProblemException.refused(new Violation(field, value, reason));
    }
}
