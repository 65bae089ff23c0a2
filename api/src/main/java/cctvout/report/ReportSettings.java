package cctvout.report;

import cctvout.settings.Limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * {@code cctvout.report.*}: limits of reports.
 *
 * @param longest period of one, a day to ten years
 * @param usual period, where none is asked for
 * @param maxParallel at a time, 1 to 16
 * @param timeout of one, also where its reader is slow
 * @param maxGroups lines, vendors, districts or sites of one, 1 to 1,000,000
 * @param repeat outages in the period from which a camera is a repeat offender, 2 or more
 * @param offenders named in each group, 0 to 1000
 * @param maxSteps of a report's course over time, 1 to 10,000
 */
@ConfigurationProperties("cctvout.report")
record ReportSettings(
        @DefaultValue("366d") Duration longest,
        @DefaultValue("30d") Duration usual,
        @DefaultValue("2") int maxParallel,
        @DefaultValue("5m") Duration timeout,
        @DefaultValue("20000") int maxGroups,
        @DefaultValue("3") int repeat,
        @DefaultValue("10") int offenders,
        @DefaultValue("400") int maxSteps) {

    private static final Limits LIMITS = new Limits("cctvout.report");

    ReportSettings {
        LIMITS.check("longest", longest, Duration.ofDays(1), Duration.ofDays(3660));
        LIMITS.check("usual", usual, Duration.ofMinutes(1), longest);
        LIMITS.check("timeout", timeout, Duration.ofSeconds(1), Duration.ofHours(1));
        LIMITS.check("max-parallel", maxParallel, 1, 16);
        LIMITS.check("max-groups", maxGroups, 1, 1_000_000);
        LIMITS.check("repeat", repeat, 2, 1_000_000);
        LIMITS.check("max-steps", maxSteps, 1, 10_000);
        LIMITS.check("offenders", offenders, 0, 1000);
    }
}
