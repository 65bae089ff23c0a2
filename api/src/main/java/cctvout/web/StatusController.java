package cctvout.web;

import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import reactor.core.publisher.Mono;

/** How the city and the engine do. */
@RestController
@ConditionalOnRole(Role.API)
class StatusController {

    private final Overviews overviews;

    StatusController(Overviews overviews) {
        this.overviews = overviews;
    }

    @GetMapping("/api/status")
    Mono<Overview> status() {
        return overviews.summary();
    }
}
