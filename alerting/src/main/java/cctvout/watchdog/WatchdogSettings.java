package cctvout.watchdog;

import cctvout.settings.Limits;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * How the monitor watches itself.
 *
 * @param every how often it looks, 100 ms to 1 min
 * @param silence so long without a probe is a trouble, 1 s to 24 h; null: twice {@code
 *     cctvout.probe.interval}, 10 s at least
 * @param lasting an overload, a pause or a lag is told of when it has lasted so long, 0 to 1 h
 * @param lag so many transitions that alerting has not read are one
 * @param late and so is one that it has not read for so long, 1 s to 1 h
 * @param gone so long without a word of any process that probes, or with cameras of a zone that
 *     none has, is a trouble, 1 s to 24 h
 */
@ConfigurationProperties("cctvout.watchdog")
public record WatchdogSettings(
        @DefaultValue("2s") Duration every,
        @Nullable Duration silence,
        @DefaultValue("20s") Duration lasting,
        @DefaultValue("5000") long lag,
        @DefaultValue("1m") Duration late,
        @DefaultValue("2m") Duration gone) {

    private static final Limits LIMITS = new Limits("cctvout.watchdog");

    private static final Duration SILENCE = Duration.ofMinutes(30);

    /** A start of the process takes some seconds, and is no trouble. */
    private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(10);

    private static final Duration LONGEST_SILENCE = Duration.ofHours(24);

    public WatchdogSettings {
        LIMITS.check("every", every, Duration.ofMillis(100), Duration.ofMinutes(1));
        if (silence != null) {
            LIMITS.check("silence", silence, Duration.ofSeconds(1), LONGEST_SILENCE);
        }
        LIMITS.check("late", late, Duration.ofSeconds(1), Duration.ofHours(1));
        LIMITS.check("gone", gone, Duration.ofSeconds(1), Duration.ofHours(24));
        LIMITS.check("lasting", lasting, Duration.ZERO, Duration.ofHours(1));
        if (lag < 1) {
            throw new IllegalArgumentException("cctvout.watchdog.lag is " + lag + ", below 1");
        }
    }

    /** With a silence of two intervals, where none is set. */
    public WatchdogSettings probing(Duration interval) {
        return silence != null
                ? this
                : new WatchdogSettings(
                        every, bounded(interval.multipliedBy(2)), lasting, lag, late, gone);
    }

    private static Duration bounded(Duration twice) {
        if (twice.compareTo(SHORTEST_SILENCE) < 0) {
            return SHORTEST_SILENCE;
        }
        return twice.compareTo(LONGEST_SILENCE) > 0 ? LONGEST_SILENCE : twice;
    }

    @Override
    public Duration silence() {
        return silence == null ? SILENCE : silence;
    }

    /** Older than this, a word of a process says nothing of it any more. */
    Duration fresh() {
        return every.multipliedBy(3).plusSeconds(5);
    }
}
