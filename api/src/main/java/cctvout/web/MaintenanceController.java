package cctvout.web;

import cctvout.alerting.MaintenanceDesk;
import cctvout.maintenance.MaintenanceWindow;
import cctvout.openapi.Takes;
import cctvout.problem.ProblemException;
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
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Planned work: checks go on, notices are held, reports leave it out. */
@RestController
@RequestMapping("/api/maintenance-windows")
@ConditionalOnRole(Role.API)
class MaintenanceController {

    private static final String NOBODY = "-";
    private static final ListOrder<MaintenanceView> ORDER =
            new ListOrder<>(one -> one.window().id(), Pattern.compile("[\\p{L}\\p{N}_.:-]{1,64}"));

    private final MaintenanceDesk desk;
    private final JsonBodies json;
    private final Clock clock = Clock.systemUTC();

    MaintenanceController(MaintenanceDesk desk, JsonBodies json) {
        this.desk = desk;
        this.json = json;
    }

    /** Ordered by id; with {@code active} those that are open now, or those that are not. */
    @GetMapping
    Mono<ListOrder.Page<MaintenanceView>> list(
            @RequestParam(required = false) @Nullable Boolean active,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable String cursor) {
        Instant now = clock.instant();
        return desk.all()
                .map(
                        all ->
                                all.stream()
                                        .map(window -> MaintenanceView.of(window, now))
                                        .filter(one -> active == null || active == one.activeNow())
                                        .toList())
                .map(found -> ORDER.page(found, limit, cursor));
    }

    @Takes(MaintenanceWindow.class)
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<MaintenanceView>> create(
            @RequestBody(required = false) byte @Nullable [] body, Mono<Principal> caller) {
        MaintenanceWindow window = json.as(MaintenanceWindow.class, json.object(body));
        return caller.map(Principal::getName)
                .defaultIfEmpty(NOBODY)
                .flatMap(who -> desk.create(window, who))
                .map(
                        stored ->
                                ResponseEntity.created(location(stored.id()))
                                        .eTag(Versions.tag(stored.version()))
                                        .body(MaintenanceView.of(stored, clock.instant())));
    }

    @GetMapping("/{id}")
    Mono<ResponseEntity<MaintenanceView>> read(@PathVariable String id) {
        return find(id).map(this::tagged);
    }

    @Takes(MaintenanceWindow.class)
    @PutMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<MaintenanceView>> replace(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @RequestBody(required = false) byte @Nullable [] body) {
        OptionalLong demanded = Versions.demanded(ifMatch);
        return desk.update(named(id, json.object(body)), demanded)
                .switchIfEmpty(unknown(id))
                .map(this::tagged);
    }

    @Takes(MaintenanceWindow.class)
    @PatchMapping(
            path = "/{id}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, "application/merge-patch+json"})
    Mono<ResponseEntity<MaintenanceView>> patch(
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
                .map(this::tagged);
    }

    /** What it held is told at once; what it was stays in reports. */
    @DeleteMapping("/{id}")
    Mono<ResponseEntity<Void>> delete(
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false)
                    @Nullable String ifMatch) {
        return desk.delete(id, Versions.demanded(ifMatch))
                .filter(removed -> removed)
                .switchIfEmpty(Mono.error(() -> ProblemException.unknown("maintenance window", id)))
                .map(_ -> ResponseEntity.noContent().build());
    }

    private MaintenanceWindow named(String id, ObjectNode tree) {
        JsonBodies.identify(id, tree);
        return json.as(MaintenanceWindow.class, tree);
    }

    private Mono<MaintenanceWindow> find(String id) {
        return desk.find(id).switchIfEmpty(unknown(id));
    }

    private static Mono<MaintenanceWindow> unknown(String id) {
        return Mono.error(() -> ProblemException.unknown("maintenance window", id));
    }

    private ResponseEntity<MaintenanceView> tagged(MaintenanceWindow window) {
        return ResponseEntity.ok()
                .eTag(Versions.tag(window.version()))
                .body(MaintenanceView.of(window, clock.instant()));
    }

    private static URI location(String id) {
        return URI.create(
                "/api/maintenance-windows/"
                        + UriUtils.encodePathSegment(id, StandardCharsets.UTF_8));
    }
}
