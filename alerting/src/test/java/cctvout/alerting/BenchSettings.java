package cctvout.alerting;

import cctvout.notification.ChannelSettings;
import cctvout.notification.NotificationSettings;
import cctvout.notification.UnsentOpened;
import cctvout.outage.OutageSettings;
import cctvout.recipient.Language;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/** How alerting is set up on a bench. */
record BenchSettings(
        NotificationSettings notification,
        ChannelSettings channels,
        OutageSettings outages,
        Duration verifyWithin,
        FlapSettings flaps,
        Duration gone) {

    /** Every fault is told singly, and a person's word is taken at once. */
    static final BenchSettings USUAL =
            new BenchSettings(
                    notices(UnsentOpened.MERGE),
                    ChannelSettings.NONE,
                    outagesOf(10_000),
                    Duration.ZERO,
                    FlapSettings.NEVER,
                    Duration.ofMinutes(30));

    BenchSettings with(NotificationSettings other) {
        return new BenchSettings(other, channels, outages, verifyWithin, flaps, gone);
    }

    BenchSettings with(ChannelSettings other) {
        return new BenchSettings(notification, other, outages, verifyWithin, flaps, gone);
    }

    BenchSettings with(OutageSettings other) {
        return new BenchSettings(notification, channels, other, verifyWithin, flaps, gone);
    }

    BenchSettings with(FlapSettings other) {
        return new BenchSettings(notification, channels, outages, verifyWithin, other, gone);
    }

    /** Where a person's word is not taken at once. */
    BenchSettings verifying(Duration within) {
        return new BenchSettings(notification, channels, outages, within, flaps, gone);
    }

    /** Where cameras that nobody probes are told of when nobody has for so long. */
    BenchSettings missing(Duration after) {
        return new BenchSettings(notification, channels, outages, verifyWithin, flaps, after);
    }

    /** Without the wait for others: what is told alone is told at once. */
    static OutageSettings outagesOf(int cameras) {
        return new OutageSettings(
                cameras, Duration.ofMinutes(1), Duration.ZERO, Duration.ofMinutes(1), 2);
    }

    /** Quick tries soon after one another, a short lease. */
    static NotificationSettings notices(UnsentOpened unsentOpened) {
        return notices(unsentOpened, Map.of());
    }

    static NotificationSettings notices(
            UnsentOpened unsentOpened, Map<String, NotificationSettings.Rate> rates) {
        return new NotificationSettings(
                List.of("127.0.0.0/8"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                8,
                2,
                Duration.ofMillis(50),
                16384,
                new NotificationSettings.Retry(
                        3,
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(400),
                        Duration.ofSeconds(1),
                        Duration.ofHours(24)),
                unsentOpened,
                ZoneId.of("Asia/Seoul"),
                Language.KO,
                new NotificationSettings.BreakerLimits(
                        5, Duration.ofMinutes(1), Duration.ofMillis(500)),
                rates,
                100,
                null);
    }
}
