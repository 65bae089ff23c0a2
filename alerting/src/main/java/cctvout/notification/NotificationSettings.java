package cctvout.notification;

import cctvout.network.AllowedNetworks;
import cctvout.recipient.Language;
import cctvout.settings.Limits;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * How notices are sent.
 *
 * @param allowedNetworks CIDR ranges that webhooks and gateways may be in, and the words {@code
 *     private} and {@code public}; empty means both words
 * @param deadline of one try, 100 ms to 1 min
 * @param lease longer than the deadline: after it, what a sender that died had taken is taken by
 *     another
 * @param parallelism tries at once, 1 to 1000
 * @param perChannel tries at once to one endpoint, 1 to parallelism; one that failed last, or has
 *     ended none for a second, gets one at a time, and all such together half of the parallelism
 * @param poll how often due rows are looked for where nothing woke the sender, 10 ms to 1 min
 * @param maxResponse bytes of an answer that are read
 * @param retry see {@link RetrySchedule}
 * @param unsentOpened what becomes of an OPENED that was not sent when its fault ends
 * @param timeZone of the times in the texts
 * @param controlRoomLanguage of the built-in control room
 * @param breaker when an endpoint is left alone
 * @param rate messages of each type of channel, to one recipient; what is more goes as digests
 * @param digestMax notices in one digest, 2 to 2000
 * @param publicUrl where readers of notices find the page, {@code http(s)://HOST[:PORT][/PATH]} of
 *     up to 200 characters; with it, notices lead to the issue or outage that they tell of
 */
@ConfigurationProperties("cctvout.notification")
public record NotificationSettings(
        @DefaultValue List<String> allowedNetworks,
        @DefaultValue("10s") Duration deadline,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("256") int parallelism,
        @DefaultValue("8") int perChannel,
        @DefaultValue("250ms") Duration poll,
        @DefaultValue("16384") int maxResponse,
        @DefaultValue Retry retry,
        @DefaultValue("merge") UnsentOpened unsentOpened,
        @DefaultValue("Asia/Seoul") ZoneId timeZone,
        @DefaultValue("ko") Language controlRoomLanguage,
        @DefaultValue BreakerLimits breaker,
        @Nullable Map<String, Rate> rate,
        @DefaultValue("500") int digestMax,
        @Nullable String publicUrl) {

    private static final Limits LIMITS = new Limits("cctvout.notification");

    private static final Map<String, Rate> RATES =
            Map.of(
                    "webhook", new Rate(100, 600),
                    "slack", new Rate(10, 60),
                    "inbox", new Rate(100_000, 1_000_000),
                    "email", new Rate(10, 30),
                    "sms", new Rate(10, 30),
                    "kakao", new Rate(10, 30));

    /**
     * @param failures within the window that open it, 1 to 1000
     * @param window 1 s to 1 h
     * @param open for how long nothing is sent, 10 ms to 1 h
     */
    public record BreakerLimits(
            @DefaultValue("5") int failures,
            @DefaultValue("1m") Duration window,
            @DefaultValue("30s") Duration open) {

        public BreakerLimits {
            LIMITS.check("breaker.failures", failures, 1, 1000);
            LIMITS.check("breaker.window", window, Duration.ofSeconds(1), Duration.ofHours(1));
            LIMITS.check("breaker.open", open, Duration.ofMillis(10), Duration.ofHours(1));
        }
    }

    /**
     * @param burst at once, 1 to 100000
     * @param perMinute in the long run, 1 to 1000000
     */
    public record Rate(int burst, int perMinute) {
        public Rate {
            LIMITS.check("rate.*.burst", burst, 1, 100_000);
            LIMITS.check("rate.*.per-minute", perMinute, 1, 1_000_000);
        }
    }

    /**
     * @param quickTries before a notice is FAILED, 1 to 100; one that is not made, as the endpoint
     *     is left alone, does not count
     * @param quickFrom shortest gap between them
     * @param quickTo longest gap between them, up to 1 min
     * @param slowFrom first gap after a notice is FAILED; each is twice the one before. One that is
     *     not tried waits so long before it is, and at least as long as all quick gaps
     * @param slowTo longest of those, up to 24 h
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
            LIMITS.check("retry.quick-tries", quickTries, 1, 100);
            LIMITS.check("retry.quick-to", quickTo, quickFrom, Duration.ofMinutes(1));
            LIMITS.check("retry.slow-to", slowTo, slowFrom, Duration.ofHours(24));
        }

        RetrySchedule schedule() {
            return new RetrySchedule(quickTries, quickFrom, quickTo, slowFrom, slowTo, giveUpAfter);
        }
    }

    public NotificationSettings {
        allowedNetworks = List.copyOf(allowedNetworks);
        LIMITS.check("deadline", deadline, Duration.ofMillis(100), Duration.ofMinutes(1));
        LIMITS.check("lease", lease, deadline.plusMillis(1), Duration.ofHours(1));
        LIMITS.check("parallelism", parallelism, 1, 1000);
        LIMITS.check("per-channel", perChannel, 1, parallelism);
        LIMITS.check("poll", poll, Duration.ofMillis(10), Duration.ofMinutes(1));
        LIMITS.check("max-response", maxResponse, 1, 1 << 20);
        LIMITS.check("digest-max", digestMax, 2, 2000);
        rate = rate == null ? Map.of() : Map.copyOf(rate);
        try {
            AllowedNetworks.of(allowedNetworks);
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(
                    "cctvout.notification.allowed-networks: " + bad.getMessage(), bad);
        }
        try {
            PageLinks.to(publicUrl);
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(
                    "cctvout.notification.public-url: " + bad.getMessage(), bad);
        }
    }

    /** The defaults, with the networks that may be reached beside them. */
    public static NotificationSettings standard(List<String> allowedNetworks) {
        return new NotificationSettings(
                allowedNetworks,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                256,
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
                Language.KO,
                new BreakerLimits(5, Duration.ofMinutes(1), Duration.ofSeconds(30)),
                null,
                500,
                null);
    }

    /**
     * @param channel a type
     */
    Rate rateOf(String channel) {
        Rate named = rate == null ? null : rate.get(channel);
        return named != null ? named : RATES.getOrDefault(channel, new Rate(10, 30));
    }

    /** What a receiver asks for, up to the longest slow gap. */
    Duration capped(Duration asked) {
        return asked.compareTo(retry.slowTo()) > 0 ? retry.slowTo() : asked;
    }

    public PageLinks links() {
        return PageLinks.to(publicUrl);
    }

    public AllowedNetworks networks() {
        return AllowedNetworks.of(allowedNetworks);
    }
}
