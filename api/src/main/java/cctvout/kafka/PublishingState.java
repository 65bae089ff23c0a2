package cctvout.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** How publishing goes here: for metrics, for health, and once in the log when it changes. */
final class PublishingState {

    private static final Logger LOG = LoggerFactory.getLogger(PublishingState.class);

    /** A page that waits longer than this for its confirmation waits for the broker. */
    private static final Duration SLOW = Duration.ofSeconds(10);

    private final MeterRegistry meters;
    private final InstantSource clock;
    private final Map<String, Instant> waiting = new ConcurrentHashMap<>();
    private final Set<String> settled = ConcurrentHashMap.newKeySet();
    private final Map<String, AtomicLong> lags =
            Map.of(LogFeed.CONSUMER, new AtomicLong(), CameraFeed.CONSUMER, new AtomicLong());
    private volatile boolean active;
    private volatile @Nullable String trouble;
    private volatile boolean told;

    PublishingState(MeterRegistry meters, InstantSource clock) {
        this.meters = meters;
        this.clock = clock;
        lags.forEach(
                (consumer, lag) ->
                        Gauge.builder("cctvout.log.lag", lag, AtomicLong::get)
                                .tag("consumer", consumer)
                                .description("numbers from the reader's cursor to the newest")
                                .register(meters));
        Gauge.builder("cctvout.kafka.active", this, state -> state.active ? 1 : 0)
                .description("1 where this process publishes, 0 where it stands by")
                .register(meters);
    }

    void begun() {
        settled.clear();
        active = true;
    }

    /** The session is over, or was never begun. */
    void failed(Throwable cause) {
        over();
        Throwable deeper = cause.getCause();
        trouble = deeper == null ? cause.toString() : cause + ": " + deeper;
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
        waiting.clear();
    }

    void sending(String consumer) {
        waiting.put(consumer, clock.instant());
    }

    void confirmed(String consumer, List<OutboundEvent> events) {
        for (OutboundEvent event : events) {
            meters.counter("cctvout.kafka.published", "topic", event.topic()).increment();
        }
        settled(consumer);
    }

    /** All of this feed that was read is confirmed; where that is so of each, nothing is wrong. */
    void settled(String consumer) {
        waiting.remove(consumer);
        settled.add(consumer);
        if (settled.containsAll(lags.keySet())) {
            trouble = null;
        }
        look();
    }

    void lag(Map<String, Long> found) {
        found.forEach(
                (consumer, lag) -> {
                    AtomicLong gauge = lags.get(consumer);
                    if (gauge != null) {
                        gauge.set(lag);
                    }
                });
        look();
    }

    long lag(String consumer) {
        AtomicLong lag = lags.get(consumer);
        return lag == null ? 0 : lag.get();
    }

    boolean isActive() {
        return active;
    }

    /** What is wrong, null where nothing is. */
    @Nullable String trouble() {
        String failure = trouble;
        if (failure != null) {
            return failure;
        }
        Instant late = clock.instant().minus(SLOW);
        return waiting.values().stream().anyMatch(late::isAfter)
                ? "no confirmation from the broker for " + SLOW.toSeconds() + " s"
                : null;
    }

    private synchronized void look() {
        String now = trouble();
        if (now != null && !told) {
            LOG.warn("Kafka waits, all else goes on: {}", now);
        } else if (now == null && told) {
            LOG.info("Kafka takes records again, {} to go", lag(LogFeed.CONSUMER));
        }
        told = now != null;
    }
}
