package cctvout.health;

import cctvout.settings.Limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * When this process counts as ready, and when as alive.
 *
 * @param every between two looks at the database, and how long each may take; 100 ms to 1 min
 * @param patience how long the database may be away before it counts; 0 to 10 min
 * @param stuck how long a part of the process may stand still, such as probing or an event loop,
 *     before the process counts as dead; 5 s to 10 min, in whole seconds
 * @param end after how much longer it ends by itself, where nobody asks whether it is alive but
 *     somebody starts what has ended; 0 for never, up to 1 h
 */
@ConfigurationProperties("cctvout.health")
record HealthSettings(
        @DefaultValue("2s") Duration every,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("30s") Duration stuck,
        @DefaultValue("0s") Duration end) {

    private static final Limits LIMITS = new Limits("cctvout.health");

    HealthSettings {
        LIMITS.check("every", every, Duration.ofMillis(100), Duration.ofMinutes(1));
        LIMITS.check("patience", patience, Duration.ZERO, Duration.ofMinutes(10));
        LIMITS.check("stuck", stuck, Duration.ofSeconds(5), Duration.ofMinutes(10));
        LIMITS.check("end", end, Duration.ZERO, Duration.ofHours(1));
    }
}
