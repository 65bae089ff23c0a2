package cctvout.report;

import cctvout.history.Availability;
import cctvout.history.CameraVerdicts;
import cctvout.history.Interval;
import cctvout.history.PlannedWork;
import cctvout.history.VerdictHistory;
import cctvout.problem.ProblemException;
import cctvout.record.Violation;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;

/** Availability, camera after camera as they are read; groups when all are. */
final class AvailabilityReport {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
    private static final String NONE = "";

    private final VerdictHistory verdicts;
    private final PlannedWork planned;
    private final ReportSettings settings;
    private final Semaphore running;

    AvailabilityReport(VerdictHistory verdicts, PlannedWork planned, ReportSettings settings) {
        this.verdicts = verdicts;
        this.planned = planned;
        this.settings = settings;
        this.running = new Semaphore(settings.maxParallel());
    }

    /**
     * Rows in the order of their keys, and the total last. Lazy; cancelling ends it.
     *
     * <p>Errors with 429 where {@code cctvout.report.max-parallel} others run.
     */
    Flux<AvailabilityRow> rows(Interval period, GroupBy by) {
        return rows(period, by, Course.NONE);
    }

    /**
     * The same, and what each camera was in each step.
     *
     * @param course complete when the rows are
     */
    Flux<AvailabilityRow> rows(Interval period, GroupBy by, Course course) {
        return Flux.using(
                this::enter,
                _ ->
                        planned.within(period)
                                .flatMapMany(plan -> rows(period, by, plan, course))
                                .takeUntilOther(tooLate()),
                Semaphore::release);
    }

    private Semaphore enter() {
        if (!running.tryAcquire()) {
            throw ProblemException.tooMany(
                    "cctvout.report.max-parallel: %d reports are being made already"
                            .formatted(settings.maxParallel()),
                    RETRY_AFTER);
        }
        return running;
    }

    private Mono<Void> tooLate() {
        return Mono.delay(settings.timeout())
                .flatMap(
                        _ ->
                                Mono.error(
                                        new TimeoutException(
                                                "cctvout.report.timeout: not done in "
                                                        + settings.timeout())));
    }

    private Flux<AvailabilityRow> rows(
            Interval period, GroupBy by, PlannedWork.Plan plan, Course course) {
        return Flux.defer(
                () -> {
                    Tally total = new Tally(settings);
                    Flux<Seen> all =
                            verdicts.verdicts(period)
                                    .map(camera -> Seen.of(camera, plan, period))
                                    .filter(Seen::matters)
                                    .doOnNext(
                                            seen -> {
                                                total.add(seen.camera(), seen.figures());
                                                course.add(seen.camera(), plan.of(seen.camera()));
                                            });
                    Flux<AvailabilityRow> rows = by == GroupBy.CAMERA ? each(all) : groups(all, by);
                    return rows.concatWith(
                            Mono.fromSupplier(() -> total.row(null, null, by, true)));
                });
    }

    private record Seen(CameraVerdicts camera, Availability figures) {
        static Seen of(CameraVerdicts camera, PlannedWork.Plan plan, Interval period) {
            return new Seen(camera, Availability.of(camera.spans(), plan.of(camera), period));
        }

        /** One that was gone before the period is none of it. */
        boolean matters() {
            return !camera.removed() || figures.cameras() > 0;
        }
    }

    private Flux<AvailabilityRow> each(Flux<Seen> all) {
        return all.map(
                seen ->
                        new Tally(settings)
                                .add(seen.camera(), seen.figures())
                                .row(
                                        seen.camera().id().value(),
                                        seen.camera().name(),
                                        GroupBy.CAMERA,
                                        false));
    }

    private Flux<AvailabilityRow> groups(Flux<Seen> all, GroupBy by) {
        return all.collect(
                        () -> new HashMap<String, Tally>(),
                        (groups, seen) ->
                                group(groups, by, seen.camera()).add(seen.camera(), seen.figures()))
                .flatMapIterable(groups -> new TreeMap<>(groups).entrySet())
                .map(
                        group ->
                                group.getValue()
                                        .row(
                                                group.getKey().equals(NONE) ? null : group.getKey(),
                                                null,
                                                by,
                                                false));
    }

    private Tally group(Map<String, Tally> groups, GroupBy by, CameraVerdicts camera) {
        String key = Objects.requireNonNullElse(by.key(camera), NONE);
        Tally tally = groups.computeIfAbsent(key, _ -> new Tally(settings));
        if (groups.size() > settings.maxGroups()) {
            throw ProblemException.refused(
                    new Violation(
                            "by",
                            by.word(),
                            "more than cctvout.report.max-groups allows, " + settings.maxGroups()));
        }
        return tally;
    }
}
