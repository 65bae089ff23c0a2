package cctvout.notification;

import cctvout.log.EventLog;
import cctvout.network.HostResolver;
import cctvout.notification.DeliveryMarks.Tried;
import cctvout.recipient.Recipients;
import cctvout.rows.NewId;
import cctvout.store.Database;
import cctvout.trace.Span;
import cctvout.trace.Traces;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Takes due rows, sends them, marks them. The rows are the truth: a sender that dies between
 * sending and marking leaves a row whose lease ends, and it is sent again under the same id.
 */
public final class NotificationPipeline {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationPipeline.class);

    private final Database database;
    private final EventLog log;
    private final Outbox outbox;
    private final NotificationSettings settings;
    private final RetrySchedule schedule;
    private final DeliveryMeter meter;
    private final Traces traces;
    private final InstantSource clock;
    private final SendLanes lanes;
    private final DueNotices due;
    private final DeliveryMarks marks;
    private final Queue<Tried> tried = new ConcurrentLinkedQueue<>();
    private final Sinks.Many<Boolean> wakes = Sinks.many().multicast().directBestEffort();

    private NotificationPipeline(
            Database database,
            EventLog log,
            Outbox outbox,
            SendLanes lanes,
            DueNotices due,
            DeliveryMarks marks,
            NotificationSettings settings,
            DeliveryMeter meter,
            Traces traces,
            InstantSource clock) {
        this.database = database;
        this.log = log;
        this.outbox = outbox;
        this.lanes = lanes;
        this.due = due;
        this.marks = marks;
        this.settings = settings;
        this.schedule = settings.retry().schedule();
        this.meter = meter;
        this.traces = traces;
        this.clock = clock;
    }

    /** With the channels that there are. */
    public static NotificationPipeline create(
            Database database,
            EventLog log,
            Notices notices,
            Recipients recipients,
            HostResolver hosts,
            NotificationSettings settings,
            ChannelSettings outside,
            NoticeText text,
            DeliveryMeter meter,
            Traces traces,
            InstantSource clock) {
        NewId newId = new NewId(clock);
        Outbox outbox = new PostgresOutbox(database);
        SendLanes lanes = new SendLanes(settings);
        OutgoingHttp http = new OutgoingHttp(hosts, settings, clock);
        DueNotices due =
                new DueNotices(
                        database,
                        log,
                        notices,
                        outbox,
                        recipients,
                        ChannelMap.of(http, settings, outside, clock),
                        settings,
                        text,
                        lanes,
                        newId,
                        clock);
        DeliveryMarks marks =
                new DeliveryMarks(
                        notices,
                        recipients,
                        log,
                        new Escalations(text, newId),
                        settings.retry().schedule(),
                        settings.controlRoomLanguage(),
                        clock);
        return new NotificationPipeline(
                database, log, outbox, lanes, due, marks, settings, meter, traces, clock);
    }

    /** Channels of recipients, as {@code recipient/channel}, that fail again and again. */
    public Set<String> deadLanes() {
        return lanes.dead(clock.instant());
    }

    /** Endpoints that fail, by the state of their breakers: how many are in it. */
    public int breakers(String state) {
        return lanes.breakers(clock.instant()).getOrDefault(Breaker.State.valueOf(state), 0);
    }

    /** Rows may be due: look now. From any thread, never blocks. */
    public void wake() {
        // one that is lost to another wake-up at the same moment is made good by it, or by the poll
        wakes.tryEmitNext(true);
    }

    /**
     * Sends until {@code stopping} signals, then finishes what was begun and completes. Lazy, one
     * subscriber; goes on through every trouble; cancel leaves what was begun to its lease.
     */
    public Flux<Void> run(Mono<?> stopping) {
        return Flux.merge(
                        wakes.asFlux(),
                        log.wakeUps().map(_ -> true).onErrorResume(_ -> Flux.never()),
                        Flux.interval(Duration.ZERO, settings.poll())
                                .onBackpressureDrop()
                                .map(_ -> true))
                .takeUntilOther(stopping)
                .onBackpressureLatest()
                .concatMap(_ -> due.take(this::wake), 1)
                .flatMap(attempt -> made(attempt).doOnNext(tried::add), settings.parallelism())
                .onBackpressureLatest()
                .concatMap(_ -> markAll(), 1);
    }

    private Mono<Tried> made(Attempt attempt) {
        Notification notice = attempt.notice().notification();
        return traces.span(
                "delivery",
                span -> {
                    span.tag("notificationId", notice.id())
                            .tag("issueId", notice.issueId())
                            .tag("cameraId", notice.cameraId())
                            .tag("recipientId", notice.recipientId())
                            .tag("channel", notice.channel());
                    return attempt.made(clock)
                            .doOnNext(one -> said(notice, one.outcome(schedule), span));
                });
    }

    private static void said(Notification notice, String outcome, Span span) {
        span.tag("outcome", outcome);
        LOG.debug(
                "{} to {} by {}: {}", notice.id(), notice.recipientId(), notice.channel(), outcome);
    }

    /** All that was tried since the last time, in one transaction. */
    private Mono<Void> markAll() {
        return Mono.defer(
                () -> {
                    List<Tried> batch = new ArrayList<>();
                    for (Tried one = tried.poll(); one != null; one = tried.poll()) {
                        batch.add(one);
                    }
                    return batch.isEmpty() ? Mono.empty() : markAll(batch);
                });
    }

    private Mono<Void> markAll(List<Tried> batch) {
        return database.inTransaction(marks.mark(batch).thenReturn(true))
                .doOnError(trouble -> LOG.warn("notices cannot be marked: {}", trouble.toString()))
                .retryWhen(
                        Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
                                .maxBackoff(Duration.ofSeconds(5)))
                .then(Mono.defer(() -> healed(batch)))
                .then(Mono.fromRunnable(this::wake));
    }

    /** What waits for an endpoint that is well again is due now: it need not wait any longer. */
    private Mono<Void> healed(List<Tried> batch) {
        List<String> well = new ArrayList<>();
        for (Tried one : batch) {
            well.addAll(lanes.done(one.endpoint(), one.delivery(), clock.instant()));
            meter.tried(one.notice().notification().channel(), one.outcome(schedule), one.took());
        }
        return well.isEmpty()
                ? Mono.empty()
                : outbox.hasten(well, clock.instant())
                        .doOnError(trouble -> LOG.warn("not hastened: {}", trouble.toString()))
                        .onErrorComplete()
                        .then();
    }
}
