package cctvout.web;

import cctvout.outage.Outage;
import cctvout.outage.Outages;
import cctvout.problem.ProblemException;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

/** Common causes behind many issues, with their cameras. */
@RestController
@RequestMapping("/api/outages")
@ConditionalOnRole(Role.API)
class OutagesController {

    private final Outages outages;

    OutagesController(Outages outages) {
        this.outages = outages;
    }

    /** Newest first. */
    @GetMapping
    Mono<Outages.Page> list(
            @RequestParam(required = false) @Nullable Integer limit,
            @RequestParam(required = false) @Nullable Long cursor) {
        return outages.list(Paging.limit(limit), cursor);
    }

    @GetMapping("/{id}")
    Mono<Outage> read(@PathVariable String id) {
        return outages.find(id)
                .switchIfEmpty(Mono.error(() -> ProblemException.unknown("outage", id)));
    }
}
