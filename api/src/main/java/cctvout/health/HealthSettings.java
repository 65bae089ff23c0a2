package cctvout.health;

import cctvout.settings.Limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * When this process counts as ready.
 *
 * @param every between two looks at the database, and how long each may take; 100 ms to 1 min
 * @param patience how long the database may be away before it counts; 0 to 10 min
 */
@ConfigurationProperties("cctvout.health")
record HealthSettings(@DefaultValue("2s") Duration every, @DefaultValue("10s") Duration patience) {

    private static final Limits LIMITS = new Limits("cctvout.health");

    HealthSettings {
        LIMITS.check("every", every, Duration.ofMillis(100), Duration.ofMinutes(1));
        LIMITS.check("patience", patience, Duration.ZERO, Duration.ofMinutes(10));
    }
}
