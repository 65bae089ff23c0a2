package cctvout.watchdog;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * How the monitor watches itself.
 *
 * @param every how often it looks, 100 ms to 1 min
 * @param silence so long without a probe is a trouble: two intervals; 1 s to 24 h
 * @param lasting an overload, a pause or a lag is told of when it has lasted so long, 0 to 1 h
 * @param lag so many transitions that alerting has not read are one
 */
@ConfigurationProperties("cctvout.watchdog")
public record WatchdogSettings(
        @DefaultValue("2s") Duration every,
        @DefaultValue("30m") Duration silence,
        @DefaultValue("20s") Duration lasting,
        @DefaultValue("5000") long lag) {

    public WatchdogSettings {
        check("every", every, Duration.ofMillis(100), Duration.ofMinutes(1));
        check("silence", silence, Duration.ofSeconds(1), Duration.ofHours(24));
        check("lasting", lasting, Duration.ZERO, Duration.ofHours(1));
        if (lag < 1) {
            throw new IllegalArgumentException("cctvout.watchdog.lag is " + lag + ", below 1");
        }
    }

    private static void check(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "cctvout.watchdog.%s is %s, not between %s and %s"
                            .formatted(name, value, least, most));
        }
    }
}
