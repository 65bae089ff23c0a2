package cctvout.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How publishing goes here: for metrics, for health, and in the log when it changes. */
final class PublishingState {

    private static final Logger LOG = LoggerFactory.getLogger(PublishingState.class);

    /** Between two lines that say that it is something else that is wrong now. */
    private static final Duration SAY_AGAIN = Duration.ofMinutes(1);

    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Map<String, FeedProgress> feeds =
            Map.of(LogFeed.CONSUMER, new FeedProgress(), CameraFeed.CONSUMER, new FeedProgress());
    private volatile boolean active;

    /** What keeps this process from finding out whether it is to publish. */
    private volatile @Nullable String trouble;

    private @Nullable String told;
    private Instant toldAt = Instant.MIN;

    PublishingState(MeterRegistry meters, InstantSource clock) {
        this.meters = meters;
        this.clock = clock;
        feeds.forEach(this::watch);
        Gauge.builder("cctvout.kafka.active", this, state -> state.active ? 1 : 0)
                .description("1 where this process publishes, 0 where it stands by")
                .register(meters);
    }

    private void watch(String consumer, FeedProgress feed) {
        Gauge.builder("cctvout.log.lag", feed, FeedProgress::lag)
                .tag("consumer", consumer)
                .description("numbers from the reader's cursor to the newest")
                .register(meters);
        TimeGauge.builder(
                        "cctvout.kafka.held",
                        feed,
                        TimeUnit.MILLISECONDS,
                        it -> it.held(clock.instant()).toMillis())
                .tag("consumer", consumer)
                .description("for how long records wait of which the broker has taken none")
                .register(meters);
    }

    /** It is this process's turn. */
    void begun() {
        active = true;
        trouble = null;
    }

    /** The turn is over, or was never got. */
    void failed(Throwable cause) {
        over();
        trouble = BrokerException.words(cause);
        look();
    }

    /** Another process publishes. */
    void standsBy() {
        over();
        trouble = null;
        look();
    }

    void over() {
        active = false;
        feeds.values().forEach(FeedProgress::settled);
    }

    void pumping(String consumer, boolean now) {
        feed(consumer).pumping(now);
    }

    boolean isPumping(String consumer) {
        return feed(consumer).isPumping();
    }

    void sending(String consumer) {
        feed(consumer).sending(clock.instant());
    }

    /** Its session is over, and another one is to begin. */
    void failed(String consumer, BrokerException cause) {
        feed(consumer).failed(cause, clock.instant());
        look();
    }

    void confirmed(String consumer, List<OutboundEvent> events) {
        for (OutboundEvent event : events) {
            meters.counter("cctvout.kafka.published", "topic", event.topic()).increment();
        }
        settled(consumer);
    }

    /** All of this feed that was read is confirmed. */
    void settled(String consumer) {
        feed(consumer).settled();
        look();
    }

    void lag(Map<String, Long> found) {
        found.forEach((consumer, lag) -> feed(consumer).lag(lag));
        look();
    }

    long lag(String consumer) {
        return feed(consumer).lag();
    }

    boolean isActive() {
        return active;
    }

    /** What is wrong, null where nothing is. */
    @Nullable String trouble() {
        Instant now = clock.instant();
        String all =
                Stream.concat(
                                Stream.ofNullable(trouble),
                                feeds.values().stream()
                                        .map(feed -> feed.trouble(now))
                                        .filter(Objects::nonNull))
                        .distinct()
                        .collect(Collectors.joining("; "));
        return all.isEmpty() ? null : all;
    }

    /** What is wrong with one feed, null where nothing is. */
    @Nullable String trouble(String consumer) {
        return feed(consumer).trouble(clock.instant());
    }

    private FeedProgress feed(String consumer) {
        return Objects.requireNonNull(feeds.get(consumer), consumer);
    }

    private synchronized void look() {
        String now = trouble();
        if (now == null) {
            if (told != null) {
                LOG.info("Kafka takes records again, {} to go", lag(LogFeed.CONSUMER));
            }
            told = null;
        } else if (told == null || !now.equals(told) && isTimeToSay()) {
            LOG.warn("Kafka waits, all else goes on: {}", now);
            told = now;
            toldAt = clock.instant();
        }
    }

    private boolean isTimeToSay() {
        return Duration.between(toldAt, clock.instant()).compareTo(SAY_AGAIN) > 0;
    }
}
