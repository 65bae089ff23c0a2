package cctvout.cluster;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * {@code cctvout.cluster.*}: this process among others that probe.
 *
 * @param node its name, to which a number is added; the host's where none is given
 * @param zone the network it is in, whose cameras it takes; none: all cameras in no such zone
 * @param takeover within which a dead process's cameras are probed by others, 2 s to 10 min
 */
@ConfigurationProperties("cctvout.cluster")
public record ClusterSettings(
        @Nullable String node,
        @DefaultValue("") String zone,
        @DefaultValue("10s") Duration takeover) {

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public ClusterSettings {
        zone = zone.strip();
        if (takeover.compareTo(SHORTEST) < 0 || takeover.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "cctvout.cluster.takeover is "
                            + takeover
                            + ", not between "
                            + SHORTEST
                            + " and "
                            + LONGEST);
        }
    }

    /**
     * How long without a sign of life, of those that each gives, until a process counts as dead.
     */
    public Duration silence() {
        return takeover.multipliedBy(6).dividedBy(10);
    }

    /** Between two signs of life. */
    public Duration beat() {
        return takeover.dividedBy(6);
    }
}
