package cctvout.web;

import cctvout.problem.ProblemException;
import cctvout.record.Violation;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.status.StatusTransition;
import cctvout.status.TransitionLog;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

/** The log, page by page. */
@RestController
@ConditionalOnRole(Role.API)
class TransitionsController {

    private final TransitionLog log;

    TransitionsController(TransitionLog log) {
        this.log = log;
    }

    /**
     * Ascending; {@code next} is the {@code after} of the next page, null where this was the last.
     */
    @GetMapping("/api/transitions")
    Mono<Paging.Listed<StatusTransition>> list(
            @RequestParam(defaultValue = "0") long after,
            @RequestParam(required = false) @Nullable Integer limit) {
        int most = Paging.limit(limit);
        if (after < 0) {
            throw ProblemException.refused(
                    new Violation("after", Long.toString(after), "0 or more"));
        }
        return log.read(after, most + 1)
                .map(found -> Paging.ofOneMore(found, most, StatusTransition::seq));
    }
}
