package cctvout.report;

import cctvout.camera.CameraId;
import cctvout.camera.CameraInterval;
import cctvout.history.HourOfChecks;
import cctvout.history.HourlyHistory;
import cctvout.history.Interval;
import cctvout.log.Json;
import cctvout.problem.ProblemException;
import cctvout.record.Violation;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Figures over a time. */
@RestController
@ConditionalOnRole(Role.API)
@RequestMapping("/api/reports")
class ReportsController {

    private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
    private static final int ROWS_A_PIECE = 200;

    private final AvailabilityReport report;
    private final HourlyHistory hours;
    private final ReportSettings settings;
    private final Clock clock = Clock.systemUTC();

    ReportsController(AvailabilityReport report, HourlyHistory hours, ReportSettings settings) {
        this.report = report;
        this.hours = hours;
        this.settings = settings;
    }

    /**
     * The last {@code cctvout.report.usual} where no period is given; never beyond now.
     *
     * @param every the course over time as well, in steps of this length, such as {@code 1d}; in
     *     JSON alone
     */
    @GetMapping(
            path = "/availability",
            produces = {MediaType.APPLICATION_JSON_VALUE, "text/csv"})
    ResponseEntity<Flux<String>> availability(
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(defaultValue = "camera") String by,
            @RequestParam(required = false) @Nullable String format,
            @RequestParam(required = false) @Nullable String every,
            ServerHttpRequest request) {
        Interval period = period(from, to);
        GroupBy group =
                GroupBy.of(by)
                        .orElseThrow(
                                () ->
                                        refused(
                                                "by",
                                                by,
                                                "one of camera, line, vendor, district, site"));
        String form = format == null ? form(request.getHeaders().getAccept()) : format;
        return switch (form) {
            case "json" ->
                    ResponseEntity.ok()
                            .contentType(MediaType.APPLICATION_JSON)
                            .body(json(period, group, step(period, every)));
            case "csv" ->
                    ResponseEntity.ok()
                            .contentType(CSV)
                            .header(HttpHeaders.CONTENT_DISPOSITION, file(period, group))
                            .body(csv(period, group));
            default -> throw refused("format", form, "one of json, csv");
        };
    }

    /** What a client that does not say {@code format} takes: CSV where that is all. */
    private static String form(List<MediaType> taken) {
        boolean csv = !taken.isEmpty() && taken.stream().allMatch(CSV::isCompatibleWith);
        boolean all = taken.stream().anyMatch(MediaType::isWildcardType);
        return csv && !all ? "csv" : "json";
    }

    /** One camera's checks by the hour, oldest first. */
    @GetMapping("/hours")
    Mono<Map<String, List<HourOfChecks>>> hours(
            @RequestParam String camera,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to) {
        Interval period = period(from, to);
        return hours.hours(id(camera), period.from(), period.to())
                .map(found -> Map.of("items", found));
    }

    private Interval period(@Nullable Instant from, @Nullable Instant to) {
        Instant now = clock.instant();
        Instant end = to == null || to.isAfter(now) ? now : to;
        Instant begin = from == null ? end.minus(settings.usual()) : from;
        if (!begin.isBefore(end)) {
            throw refused("from", begin.toString(), "is not before to, " + end);
        }
        Interval period = new Interval(begin, end);
        if (period.length().compareTo(settings.longest()) > 0) {
            throw refused(
                    "from",
                    begin.toString(),
                    "a longer period than cctvout.report.longest, "
                            + settings.longest().toDays()
                            + " days");
        }
        return period;
    }

    private static CameraId id(String camera) {
        try {
            return new CameraId(camera);
        } catch (IllegalArgumentException notOne) {
            throw refused("camera", camera, String.valueOf(notOne.getMessage()));
        }
    }

    private static ProblemException refused(String field, String value, String reason) {
        return ProblemException.refused(new Violation(field, value, reason));
    }

    private Flux<String> csv(Interval period, GroupBy by) {
        return pieces(
                AvailabilityCsv.HEADER,
                report.rows(period, by).map(AvailabilityCsv::row),
                Mono.empty());
    }

    private @Nullable Duration step(Interval period, @Nullable String every) {
        if (every == null) {
            return null;
        }
        Duration step;
        try {
            step = CameraInterval.parse(every);
        } catch (IllegalArgumentException notOne) {
            throw refused("every", every, String.valueOf(notOne.getMessage()));
        }
        if (!step.isPositive() || period.length().dividedBy(step) >= settings.maxSteps()) {
            throw refused(
                    "every",
                    every,
                    "more steps than cctvout.report.max-steps, " + settings.maxSteps());
        }
        return step;
    }

    private Flux<String> json(Interval period, GroupBy by, @Nullable Duration step) {
        return Flux.defer(
                () -> json(period, by, step == null ? Course.NONE : Course.of(period, step), step));
    }

    private Flux<String> json(Interval period, GroupBy by, Course course, @Nullable Duration step) {
        String head =
                "{\"from\":%s,\"to\":%s,\"by\":\"%s\",\"items\":["
                        .formatted(Json.write(period.from()), Json.write(period.to()), by.word());
        Mono<String> end =
                Mono.fromSupplier(
                        () ->
                                step == null
                                        ? "}"
                                        : ",\"course\":" + Json.write(course.steps()) + "}");
        return pieces(head, commas(report.rows(period, by, course)), end);
    }

    // the total, always there and always last, ends the list
    private static Flux<String> commas(Flux<AvailabilityRow> rows) {
        return rows.index(
                (number, row) ->
                        row.total()
                                ? "],\"total\":" + Json.write(row)
                                : (number == 0 ? "" : ",") + Json.write(row));
    }

    // The head waits for what follows: an error before it is still an answer of its own.
    private static Flux<String> pieces(String head, Flux<String> rows, Mono<String> end) {
        return rows.buffer(ROWS_A_PIECE)
                .map(piece -> String.join("", piece))
                .switchOnFirst(
                        (first, all) ->
                                first.hasValue() ? Flux.concat(Flux.just(head), all, end) : all);
    }

    private static String file(Interval period, GroupBy by) {
        String name =
                "availability-%s-%.10s-%.10s.csv"
                        .formatted(by.word(), period.from().toString(), period.to().toString());
        return ContentDisposition.attachment().filename(name).build().toString();
    }
}
