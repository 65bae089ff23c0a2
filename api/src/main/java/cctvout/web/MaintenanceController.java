package cctvout.web;

import cctvout.alerting.MaintenanceDesk;
import cctvout.maintenance.MaintenanceWindow;
import cctvout.openapi.Takes;
import cctvout.record.RecordId;
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

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** Planned work: checks go on, notices are held, reports leave it out. */
@RestController
@RequestMapping("/api/maintenance-windows")
@ConditionalOnRole(Role.API)
@Takes(MaintenanceWindow.class)
class MaintenanceController extends RecordController<MaintenanceWindow, MaintenanceView> {

    private static final String NOBODY = "-";
    private static final ListOrder<MaintenanceView> ORDER =
            new ListOrder<>(one -> one.window().id(), RecordId::isValid);

    private final MaintenanceDesk desk;
    private final Clock clock = Clock.systemUTC();

    MaintenanceController(MaintenanceDesk desk, JsonBodies json) {
        super("maintenance window", "/api/maintenance-windows", json);
        this.desk = desk;
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

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    Mono<ResponseEntity<MaintenanceView>> create(
            @RequestBody(required = false) byte @Nullable [] body, Mono<Principal> caller) {
        MaintenanceWindow window = parse(json.object(body));
        return caller.map(Principal::getName)
                .defaultIfEmpty(NOBODY)
                .flatMap(who -> desk.create(window, who))
                .map(this::created);
    }

    @Override
    Mono<MaintenanceWindow> stored(String id) {
        return desk.find(id);
    }

    @Override
    Mono<MaintenanceWindow> update(MaintenanceWindow wanted, OptionalLong version) {
        return desk.update(wanted, version);
    }

    /** What it held is told at once; what it was stays in reports. */
    @Override
    Mono<Boolean> remove(String id, OptionalLong version) {
        return desk.delete(id, version);
    }

    /** Whoever sends back what was read may: what nobody sets is passed over. */
    @Override
    MaintenanceWindow parse(ObjectNode body) {
        body.remove(List.of("activeNow", "nextStart", "nextEnd"));
        return json.as(MaintenanceWindow.class, body);
    }

    @Override
    String id(MaintenanceWindow one) {
        return one.id();
    }

    @Override
    long version(MaintenanceWindow one) {
        return one.version();
    }

    @Override
    MaintenanceView shown(MaintenanceWindow one) {
        return MaintenanceView.of(one, clock.instant());
    }
}
