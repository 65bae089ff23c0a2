package cctvout.relay;

import cctvout.settings.Limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * {@code cctvout.relay.*}: checks and results that go from one process to another.
 *
 * @param checks that this process asks of others, and answers to others, at a time; 1 to 10,000
 * @param takenWithin until a process that probes the camera has begun, else nobody probes it; 500
 *     ms to 1 min
 * @param answeredWithin until it has answered, 1 s to 10 min
 * @param resultsEvery between two batches of results, 100 ms to 10 s
 * @param resultsPerBatch results a batch at most, 1 to 10,000; the others wait for the next
 * @param resultsPending cameras whose latest result waits; past it the oldest is dropped
 */
@ConfigurationProperties("cctvout.relay")
public record RelaySettings(
        @DefaultValue("64") int checks,
        @DefaultValue("5s") Duration takenWithin,
        @DefaultValue("60s") Duration answeredWithin,
        @DefaultValue("500ms") Duration resultsEvery,
        @DefaultValue("1000") int resultsPerBatch,
        @DefaultValue("20000") int resultsPending) {

    private static final Limits LIMITS = new Limits("cctvout.relay");

    public RelaySettings {
        LIMITS.check("checks", checks, 1, 10_000);
        LIMITS.check("taken-within", takenWithin, Duration.ofMillis(500), Duration.ofMinutes(1));
        LIMITS.check(
                "answered-within", answeredWithin, Duration.ofSeconds(1), Duration.ofMinutes(10));
        LIMITS.check("results-every", resultsEvery, Duration.ofMillis(100), Duration.ofSeconds(10));
        LIMITS.check("results-per-batch", resultsPerBatch, 1, 10_000);
        LIMITS.check("results-pending", resultsPending, 1, 1_000_000);
    }
}
