package cctvout.health;

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

    HealthSettings {
        between("every", every, Duration.ofMillis(100), Duration.ofMinutes(1));
        between("patience", patience, Duration.ZERO, Duration.ofMinutes(10));
    }

    private static void between(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "cctvout.health.%s is %s, not between %s and %s"
                            .formatted(name, value, least, most));
        }
    }
}
