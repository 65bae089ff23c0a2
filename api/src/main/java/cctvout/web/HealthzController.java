package cctvout.web;

import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Clock;
import java.time.Instant;

/** Is the process up? Asks nobody else: a database that is away is no reason to restart it. */
@RestController
class HealthzController {

    record Health(String status, Instant timestamp) {}

    private final Clock clock = Clock.systemUTC();

    @GetMapping("/healthz")
    ResponseEntity<Health> health() {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new Health("healthy", clock.instant()));
    }
}
