package cctvout.stream;

import cctvout.camera.CameraId;
import cctvout.log.EventLog;
import cctvout.problem.ProblemException;
import cctvout.record.Violation;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

import java.util.List;

/** Where every camera stands, and from where in the log to follow on. */
@RestController
@ConditionalOnRole(Role.API)
class StatusesController {

    private static final int MAX = 5000;

    private final StatusLines lines;
    private final EventLog log;

    StatusesController(StatusLines lines, EventLog log) {
        this.lines = lines;
        this.log = log;
    }

    /**
     * A page.
     *
     * @param next cursor of the next page, null at the last
     * @param seq the log's head before the page was read: with the stream after it nothing is
     *     missed
     */
    record Page(List<StatusLine> items, @Nullable String next, long seq) {}

    /** Ordered by id. */
    @GetMapping("/api/statuses")
    Mono<Page> statuses(
            @RequestParam(defaultValue = "1000") int limit,
            @RequestParam(required = false) @Nullable String cursor) {
        if (limit < 1 || limit > MAX) {
            throw ProblemException.refused(
                    new Violation("limit", Integer.toString(limit), "between 1 and " + MAX));
        }
        if (cursor != null && !CameraId.isValid(cursor)) {
            throw ProblemException.noCursor(cursor);
        }
        return log.head()
                .flatMap(seq -> lines.page(cursor, limit).map(items -> page(items, limit, seq)));
    }

    private static Page page(List<StatusLine> items, int limit, long seq) {
        String next = items.size() < limit ? null : items.getLast().cameraId().value();
        return new Page(items, next, seq);
    }
}
