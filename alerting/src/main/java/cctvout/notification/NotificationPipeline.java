package cctvout.notification;

import cctvout.log.EventLog;
import cctvout.network.HostResolver;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.recipient.Recipients;
import cctvout.rows.NewId;
import cctvout.store.Database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Takes due rows, sends them, marks them. The rows are the truth: a sender that dies between
 * sending and marking leaves a row whose lease ends, and it is sent again under the same id.
 */
public final class NotificationPipeline {

    private static final Logger LOG = LoggerFactory.getLogger(NotificationPipeline.class);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final Database database;
    private final EventLog log;
    private final Notices notices;
    private final Recipients recipients;
    private final Map<String, Channel> channels;
    private final NotificationSettings settings;
    private final RetrySchedule schedule;
    private final DeliveryMeter meter;
    private final InstantSource clock;
    private final Supplier<String> newLease;
    private final SendLanes lanes;
    private final Queue<Tried> tried = new ConcurrentLinkedQueue<>();
    private final Sinks.Many<Boolean> wakes = Sinks.many().multicast().directBestEffort();

    NotificationPipeline(
            Database database,
            EventLog log,
            Notices notices,
            Recipients recipients,
            List<Channel> channels,
            NotificationSettings settings,
            DeliveryMeter meter,
            InstantSource clock,
            Supplier<String> newLease) {
        this.database = database;
        this.log = log;
        this.notices = notices;
        this.recipients = recipients;
        this.channels =
                channels.stream().collect(Collectors.toMap(Channel::type, Function.identity()));
        this.settings = settings;
        this.schedule = settings.retry().schedule();
        this.meter = meter;
        this.clock = clock;
        this.newLease = newLease;
        this.lanes = new SendLanes(settings.parallelism(), settings.perChannel());
    }

    /** With the channels that there are: webhook and Slack; the inbox needs no sending. */
    public static NotificationPipeline create(
            Database database,
            EventLog log,
            Notices notices,
            Recipients recipients,
            HostResolver hosts,
            NotificationSettings settings,
            DeliveryMeter meter,
            InstantSource clock) {
        OutgoingHttp http = new OutgoingHttp(hosts, settings);
        return new NotificationPipeline(
                database,
                log,
                notices,
                recipients,
                List.of(new WebhookChannel(http, clock), new SlackChannel(http)),
                settings,
                meter,
                clock,
                new NewId(clock));
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
                .concatMap(_ -> claim(), 1)
                .flatMap(this::deliver, settings.parallelism())
                .onBackpressureLatest()
                .concatMap(_ -> markAll(), 1);
    }

    private Flux<Task> claim() {
        return Flux.defer(
                        () -> {
                            int free = lanes.free();
                            return free == 0
                                    ? Flux.<Task>empty()
                                    : database.inTransaction(claim(free).flatMap(this::addressed))
                                            .flatMapIterable(this::tasks);
                        })
                .onErrorResume(
                        trouble -> {
                            LOG.warn("notices cannot be read: {}", trouble.toString());
                            return Mono.delay(AFTER_TROUBLE).thenMany(Flux.empty());
                        });
    }

    private Mono<List<Notice>> claim(int free) {
        return notices.claim(
                clock.instant(),
                newLease.get(),
                settings.lease(),
                free,
                settings.perChannel(),
                lanes.rooms());
    }

    private Mono<Claimed> addressed(List<Notice> claimed) {
        if (claimed.isEmpty()) {
            return Mono.empty();
        }
        List<String> ids =
                claimed.stream().map(notice -> notice.notification().recipientId()).toList();
        return recipients.find(ids).map(found -> new Claimed(claimed, found));
    }

    private List<Task> tasks(Claimed claimed) {
        Map<String, Recipient> byId =
                claimed.recipients.stream()
                        .collect(Collectors.toMap(Recipient::id, Function.identity()));
        claimed.notices.forEach(notice -> lanes.taken(notice.lane()));
        return claimed.notices.stream().map(notice -> task(notice, byId)).toList();
    }

    private Task task(Notice notice, Map<String, Recipient> byId) {
        Recipient recipient = byId.get(notice.notification().recipientId());
        RecipientChannel address =
                recipient == null ? null : recipient.channelsByKey().get(notice.channelKey());
        Channel channel = channels.get(notice.notification().channel());
        if (address == null || channel == null) {
            String why = "recipient has no such channel any more";
            return new Task(notice, Mono.just(new Delivery.Failed(why, false, true)));
        }
        return new Task(notice, channel.send(notice, address));
    }

    private Mono<Boolean> deliver(Task task) {
        return Mono.defer(
                () -> {
                    Instant begun = clock.instant();
                    return task.sending
                            .onErrorResume(
                                    bug -> {
                                        LOG.error("channel failed", bug);
                                        return Mono.just(
                                                new Delivery.Failed("internal", true, false));
                                    })
                            .map(
                                    delivery -> {
                                        tried.add(
                                                new Tried(
                                                        task.notice,
                                                        delivery,
                                                        begun,
                                                        clock.instant()));
                                        return true;
                                    });
                });
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
        return database.inTransaction(mark(batch).thenReturn(true))
                .doOnError(trouble -> LOG.warn("notices cannot be marked: {}", trouble.toString()))
                .retryWhen(
                        Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
                                .maxBackoff(Duration.ofSeconds(5)))
                .then(Mono.fromRunnable(() -> batch.forEach(this::done)))
                .then(Mono.fromRunnable(this::wake));
    }

    private void done(Tried one) {
        lanes.done(one.notice.lane(), one.delivery instanceof Delivery.Sent);
        meter.tried(
                one.notice.notification().channel(),
                one.outcome(schedule),
                Duration.between(one.begun, one.at));
    }

    private Mono<Void> mark(List<Tried> batch) {
        Map<String, Tried> byId =
                batch.stream()
                        .collect(
                                Collectors.toMap(
                                        one -> one.notice.id(),
                                        Function.identity(),
                                        (_, latest) -> latest));
        return notices.lock(byId.keySet()).flatMap(stored -> mark(stored, byId));
    }

    private Mono<Void> mark(List<Notice> stored, Map<String, Tried> byId) {
        List<Notice> changed = new ArrayList<>();
        List<Notice> told = new ArrayList<>();
        for (Notice notice : stored) {
            Tried one = byId.get(notice.id());
            if (one != null && one.counts(notice)) {
                Notice after = one.on(notice, schedule);
                changed.add(after);
                if (after.notification().status() != notice.notification().status()) {
                    told.add(after);
                }
            }
        }
        return notices.save(changed).then(NoticeLog.append(log, told, clock.instant()));
    }

    private record Claimed(List<Notice> notices, List<Recipient> recipients) {}

    private record Task(Notice notice, Mono<Delivery> sending) {}

    private record Tried(Notice notice, Delivery delivery, Instant begun, Instant at) {

        /** What was sent is sent, whoever holds the lease by now; a failure is its holder's. */
        boolean counts(Notice stored) {
            return stored.isUnsent()
                    && (delivery instanceof Delivery.Sent
                            || notice.lease() != null && notice.lease().equals(stored.lease()));
        }

        Notice on(Notice stored, RetrySchedule schedule) {
            return switch (delivery) {
                case Delivery.Sent _ -> stored.sent(at);
                case Delivery.Failed failed ->
                        stored.failed(
                                failed, at, schedule, ThreadLocalRandom.current().nextDouble());
            };
        }

        String outcome(RetrySchedule schedule) {
            return switch (delivery) {
                case Delivery.Sent _ -> "sent";
                case Delivery.Failed _ when schedule.isQuick(notice.tries() + 1) -> "retry";
                case Delivery.Failed _ -> "failed";
            };
        }
    }
}
