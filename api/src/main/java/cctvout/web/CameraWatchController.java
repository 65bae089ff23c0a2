package cctvout.web;

import cctvout.alerting.MaintenanceDesk;
import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.camera.CameraRegistry;
import cctvout.engine.ProbeEngine;
import cctvout.history.ProbeHistory;
import cctvout.problem.ProblemException;
import cctvout.record.Violation;
import cctvout.relay.FarChecks;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.status.CameraStatus;
import cctvout.status.StatusTransition;
import cctvout.status.TransitionLog;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** What is known of one camera, and a probe on demand. */
@RestController
@RequestMapping("/api/cameras/{id}")
@ConditionalOnRole(Role.API)
class CameraWatchController {

    private static final Duration USUAL_SPAN = Duration.ofDays(1);

    /** Checks are kept to the microsecond. */
    private static final Duration ONE_BEFORE = Duration.ofNanos(1000);

    /** A camera that was registered a moment ago reaches the prober within that time. */
    private static final int LOOKS = 15;

    private static final Duration LOOK = Duration.ofMillis(200);

    private static final String NEVER_CHECKED = "NOT_CHECKED";

    private final CameraRegistry registry;
    private final TransitionLog transitions;
    private final ProbeHistory history;
    private final ObjectProvider<ProbeEngine> engine;
    private final MaintenanceDesk maintenance;
    private final FarChecks elsewhere;
    private final Clock clock = Clock.systemUTC();

    CameraWatchController(
            CameraRegistry registry,
            TransitionLog transitions,
            ProbeHistory history,
            ObjectProvider<ProbeEngine> engine,
            MaintenanceDesk maintenance,
            FarChecks elsewhere) {
        this.registry = registry;
        this.transitions = transitions;
        this.history = history;
        this.engine = engine;
        this.maintenance = maintenance;
        this.elsewhere = elsewhere;
    }

    /** By this process where it probes the camera, else by the one that does. */
    @PostMapping("/check")
    Mono<CameraStatus> check(@PathVariable String id) {
        return camera(id)
                .filter(Camera::enabled)
                .switchIfEmpty(Mono.error(() -> paused(id)))
                .flatMap(
                        camera ->
                                here(camera.id())
                                        .switchIfEmpty(elsewhere.check(camera.id()))
                                        .repeatWhenEmpty(
                                                again -> again.take(LOOKS).delayElements(LOOK))
                                        .switchIfEmpty(Mono.error(() -> notWatched(id))));
    }

    private Mono<CameraStatus> here(CameraId id) {
        ProbeEngine running = engine.getIfAvailable();
        return running == null ? Mono.empty() : running.check(id);
    }

    @GetMapping("/status")
    Mono<WatchedStatus> status(@PathVariable String id) {
        return camera(id).flatMap(camera -> latest(camera).flatMap(seen -> watched(camera, seen)));
    }

    private Mono<CameraStatus> latest(Camera camera) {
        return Mono.justOrEmpty(running(camera.id()))
                .switchIfEmpty(transitions.current(camera.id()))
                .defaultIfEmpty(neverChecked(camera.id()));
    }

    private Mono<WatchedStatus> watched(Camera camera, CameraStatus seen) {
        return maintenance
                .activeFor(camera)
                .map(held -> new WatchedStatus(seen, WatchedStatus.UnderWork.of(held)))
                .defaultIfEmpty(new WatchedStatus(seen, null));
    }

    /**
     * Newest first; the last day where no span is given.
     *
     * @param cursor {@code next} of the page before: when its last was checked
     */
    @GetMapping("/checks")
    Mono<Paging.Listed<CameraStatus>> checks(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable Instant cursor) {
        int most = Paging.limit(limit);
        Instant end = to == null ? clock.instant().plusSeconds(1) : to;
        Instant begin = from == null ? end.minus(USUAL_SPAN) : from;
        if (begin.isAfter(end)) {
            throw ProblemException.refused(
                    new Violation("from", begin.toString(), "is after to, " + end));
        }
        Instant last = cursor == null || cursor.isAfter(end) ? end : cursor.minus(ONE_BEFORE);
        return camera(id)
                .flatMap(camera -> history.checks(camera.id(), begin, last, most + 1))
                .map(found -> Paging.ofOneMore(found, most, CameraWatchController::checkedAt));
    }

    private static Instant checkedAt(CameraStatus check) {
        Instant echo = check.icmp() == null ? Instant.MIN : check.icmp().checkedAt();
        Instant stream = check.hls() == null ? Instant.MIN : check.hls().checkedAt();
        return echo.isAfter(stream) ? echo : stream;
    }

    /**
     * Newest first.
     *
     * @param cursor {@code next} of the page before: the number of its last
     */
    @GetMapping("/transitions")
    Mono<Paging.Listed<StatusTransition>> transitions(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable Long cursor) {
        int most = Paging.limit(limit);
        long before = cursor == null ? Long.MAX_VALUE : cursor;
        return camera(id)
                .flatMap(camera -> transitions.ofCamera(camera.id(), before, most + 1))
                .map(found -> Paging.ofOneMore(found, most, StatusTransition::seq));
    }

    private Mono<Camera> camera(String id) {
        return registry.find(KnownIds.camera(id))
                .switchIfEmpty(Mono.error(() -> ProblemException.unknown("camera", id)));
    }

    private @Nullable CameraStatus running(CameraId id) {
        ProbeEngine running = engine.getIfAvailable();
        return running == null ? null : running.status(id).orElse(null);
    }

    private CameraStatus neverChecked(CameraId id) {
        return new CameraStatus(id, Verdict.UNKNOWN, NEVER_CHECKED, clock.instant(), null, null);
    }

    private static ProblemException paused(String id) {
        return ProblemException.conflict("camera " + id + " is paused (enabled is false)");
    }

    private static ProblemException notWatched(String id) {
        return ProblemException.conflict("camera " + id + " is not probed yet");
    }
}
