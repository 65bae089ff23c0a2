package cctvout.outage;

import cctvout.settings.Limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;
import java.time.Instant;

/**
 * When faults are one outage.
 *
 * @param threshold cameras with one cause that make an outage, 2 to 10,000; fewer that are left are
 *     told singly again
 * @param window how long after one another they may fail, 1 s to 1 h
 * @param hold how long the first notice waits for others of its cause, where there are enough
 *     cameras for an outage, and that of its end for cameras that are still down; 0 to 1 min. A
 *     camera that shares its line with nobody is told at once
 * @param siteLines lines of one site that are down together before the site is taken for the cause,
 *     2 to 100; 0: each line is told by itself
 * @param stragglerHold how long those that are still down when an outage ends are given, before
 *     they are told of singly; 0 to 1 h
 */
@ConfigurationProperties("cctvout.outage")
public record OutageSettings(
        @DefaultValue("3") int threshold,
        @DefaultValue("1m") Duration window,
        @DefaultValue("2s") Duration hold,
        @DefaultValue("1m") Duration stragglerHold,
        @DefaultValue("2") int siteLines) {

    private static final Limits LIMITS = new Limits("cctvout.outage");

    public static final OutageSettings STANDARD =
            new OutageSettings(
                    3, Duration.ofMinutes(1), Duration.ofSeconds(2), Duration.ofMinutes(1), 2);

    public OutageSettings {
        LIMITS.check("threshold", threshold, 2, 10_000);
        if (siteLines != 0 && (siteLines < 2 || siteLines > 100)) {
            throw new IllegalArgumentException(
                    "cctvout.outage.site-lines is " + siteLines + ", not 0 or 2 to 100");
        }
        LIMITS.check("window", window, Duration.ofSeconds(1), Duration.ofHours(1));
        LIMITS.check("hold", hold, Duration.ZERO, Duration.ofMinutes(1));
        LIMITS.check("straggler-hold", stragglerHold, Duration.ZERO, Duration.ofHours(1));
    }

    /** Twice as long, where others were seen to fail as well. */
    public Duration longestHold() {
        return hold.multipliedBy(2);
    }

    /**
     * When an outage is told that began with a fault at {@code first}: others may join for a while,
     * but the first of them does not wait longer than {@link #longestHold()}.
     */
    public Instant toldAt(Instant first, Instant now) {
        Instant usual = now.plus(hold);
        Instant latest = first.plus(longestHold());
        Instant soonest = latest.isBefore(usual) ? latest : usual;
        return soonest.isBefore(now) ? now : soonest;
    }

    public SiteRule siteRule() {
        return new SiteRule(threshold, siteLines);
    }
}
