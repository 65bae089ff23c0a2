package cctvout.alerting;

import cctvout.issue.IssueStatus;
import cctvout.issue.Issues;
import cctvout.notification.DeliveryMeter;
import cctvout.notification.NotificationPipeline;
import cctvout.recipient.RecipientChannel;
import cctvout.store.Database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** Issues, delivery of notices, the log's lag. */
final class AlertingMetrics implements DeliveryMeter {

    private static final Logger LOG = LoggerFactory.getLogger(AlertingMetrics.class);
    private static final Duration EVERY = Duration.ofSeconds(5);

    private static final String LAG =
            """
            select greatest(0, coalesce((select max(seq) from event_log where type = 'transition'),
                0) - seq) as lag
            from log_cursor where consumer = :name
            """;

    private final MeterRegistry registry;
    private final Database database;
    private final Issues issues;
    private final Map<IssueStatus, AtomicLong> counts = new EnumMap<>(IssueStatus.class);
    private final AtomicLong lag = new AtomicLong();
    private final AtomicLong queue = new AtomicLong();

    AlertingMetrics(MeterRegistry registry, Database database, Issues issues) {
        this.registry = registry;
        this.database = database;
        this.issues = issues;
        for (IssueStatus status : IssueStatus.values()) {
            AtomicLong count = new AtomicLong();
            counts.put(status, count);
            Gauge.builder("cctvout.issues", count, AtomicLong::get)
                    .tag("status", status.name())
                    .description("issues of each status")
                    .register(registry);
        }
        // from the start: the first of a counter that appears with it is none to rate()
        for (String channel : RecipientChannel.TYPES) {
            DeliveryMeter.OUTCOMES.forEach(outcome -> delivery(channel, outcome));
        }
        Gauge.builder("cctvout.log.lag", lag, AtomicLong::get)
                .tag("consumer", AlertingConsumer.NAME)
                .description("numbers from the reader's cursor to the newest transition")
                .register(registry);
    }

    /** {@code cctvout.notification.breaker} and {@code cctvout.notification.queue}. */
    void watch(NotificationPipeline pipeline) {
        for (String state : List.of("CLOSED", "OPEN", "HALF_OPEN")) {
            Gauge.builder(
                            "cctvout.notification.breaker",
                            pipeline,
                            sender -> sender.breakers(state))
                    .tag("state", state)
                    .description("endpoints that failed of late, by the state of their breakers")
                    .register(registry);
        }
        Gauge.builder("cctvout.notification.queue", queue, AtomicLong::get)
                .description("notices still to be sent")
                .register(registry);
    }

    @Override
    public void tried(String channel, String outcome, Duration took) {
        delivery(channel, outcome).record(took);
    }

    private Timer delivery(String channel, String outcome) {
        return registry.timer(
                "cctvout.notification.delivery", "channel", channel, "outcome", outcome);
    }

    /** Refreshes the gauges for ever; lazy, goes on through trouble. */
    Flux<Long> refresh() {
        return Flux.interval(Duration.ZERO, EVERY)
                .onBackpressureDrop()
                .concatMap(
                        _ ->
                                refreshed()
                                        .onErrorResume(
                                                trouble -> {
                                                    LOG.debug("no counts", trouble);
                                                    return Mono.empty();
                                                }),
                        1);
    }

    private Mono<Long> refreshed() {
        return issues.counts()
                .doOnNext(
                        counted ->
                                counted.forEach(
                                        (status, count) ->
                                                Objects.requireNonNull(counts.get(status))
                                                        .set(count)))
                .then(
                        database.client()
                                .sql(LAG)
                                .bind("name", AlertingConsumer.NAME)
                                .map(row -> Objects.requireNonNull(row.get("lag", Long.class)))
                                .one())
                .doOnNext(lag::set)
                .then(
                        database.client()
                                .sql(
                                        "select count(*) as owed from notification where next_at is"
                                                + " not null")
                                .map(row -> Objects.requireNonNull(row.get("owed", Long.class)))
                                .one())
                .doOnNext(queue::set);
    }
}
