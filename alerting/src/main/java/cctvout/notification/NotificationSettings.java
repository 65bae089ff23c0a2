package cctvout.notification;

import cctvout.network.AllowedNetworks;
import cctvout.recipient.Language;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;

/**
 * How notices are sent.
 *
 * @param allowedNetworks CIDR ranges that webhooks and gateways may be in, and the words {@code
 *     private} and {@code public}; empty means both words
 * @param deadline of one try, 100 ms to 1 min
 * @param lease longer than the deadline: after it, what a sender that died had taken is taken by
 *     another
 * @param parallelism tries at once, 1 to 1000
 * @param perChannel tries at once to one channel of one recipient, 1 to parallelism; one that
 *     failed last gets one at a time, and all such together half of the parallelism
 * @param poll how often due rows are looked for where nothing woke the sender, 10 ms to 1 min
 * @param maxResponse bytes of an answer that are read
 * @param retry see {@link RetrySchedule}
 * @param unsentOpened what becomes of an OPENED that was not sent when its fault ends
 * @param timeZone of the times in the texts
 * @param controlRoomLanguage of the built-in control room
 */
@ConfigurationProperties("cctvout.notification")
public record NotificationSettings(
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("10s") Duration deadline,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("64") int parallelism,
        @DefaultValue("8") int perChannel,
        @DefaultValue("250ms") Duration poll,
        @DefaultValue("16384") int maxResponse,
        @DefaultValue Retry retry,
        @DefaultValue("merge") UnsentOpened unsentOpened,
        @DefaultValue("Asia/Seoul") ZoneId timeZone,
        @DefaultValue("ko") Language controlRoomLanguage) {

    /**
     * @param quickTries before a notice is FAILED
     * @param giveUpAfter since the first try
     */
    public record Retry(
            @DefaultValue("5") int quickTries,
            @DefaultValue("1s") Duration quickFrom,
            @DefaultValue("5s") Duration quickTo,
            @DefaultValue("1m") Duration slowFrom,
            @DefaultValue("15m") Duration slowTo,
            @DefaultValue("24h") Duration giveUpAfter) {

        public Retry {
            check("retry.quick-tries", quickTries, 1, 100);
            check("retry.quick-to", quickTo, quickFrom, Duration.ofMinutes(1));
            check("retry.slow-to", slowTo, slowFrom, Duration.ofHours(24));
        }

        RetrySchedule schedule() {
            return new RetrySchedule(quickTries, quickFrom, quickTo, slowFrom, slowTo, giveUpAfter);
        }
    }

    public NotificationSettings {
        allowedNetworks = List.copyOf(allowedNetworks);
        check("deadline", deadline, Duration.ofMillis(100), Duration.ofMinutes(1));
        check("lease", lease, deadline.plusMillis(1), Duration.ofHours(1));
        check("parallelism", parallelism, 1, 1000);
        check("per-channel", perChannel, 1, parallelism);
        check("poll", poll, Duration.ofMillis(10), Duration.ofMinutes(1));
        check("max-response", maxResponse, 1, 1 << 20);
        try {
            AllowedNetworks.of(allowedNetworks);
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(
                    "cctvout.notification.allowed-networks: " + bad.getMessage(), bad);
        }
    }

    /** The defaults, with the networks that may be reached beside them. */
    public static NotificationSettings standard(List<String> allowedNetworks) {
        return new NotificationSettings(
                allowedNetworks,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                64,
                8,
                Duration.ofMillis(250),
                16384,
                new Retry(
                        5,
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        Duration.ofMinutes(15),
                        Duration.ofHours(24)),
                UnsentOpened.MERGE,
                ZoneId.of("Asia/Seoul"),
                Language.KO);
    }

    public AllowedNetworks networks() {
        return AllowedNetworks.of(allowedNetworks);
    }

    private static void check(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    "cctvout.notification.%s is %s, not between %s and %s"
                            .formatted(name, value, least, most));
        }
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "cctvout.notification.%s is %d, not between %d and %d"
                            .formatted(name, value, least, most));
        }
    }
}
