package cctvout.notification;

import cctvout.log.EventLog;
import cctvout.network.HostResolver;
import cctvout.notification.DeliveryMarks.Tried;
import cctvout.notification.Notices.Waiting;
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
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private final Supplier<String> newId;
    private final SendLanes lanes;
    private final Digests digests;
    private final DeliveryMarks marks;
    private final Queue<Tried> tried = new ConcurrentLinkedQueue<>();
    private final Sinks.Many<Boolean> wakes = Sinks.many().multicast().directBestEffort();

    NotificationPipeline(
            Database database,
            EventLog log,
            Notices notices,
            Recipients recipients,
            List<Channel> channels,
            NotificationSettings settings,
            NoticeText text,
            DeliveryMeter meter,
            InstantSource clock,
            Supplier<String> newId) {
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
        this.newId = newId;
        this.lanes = new SendLanes(settings);
        this.digests = new Digests(notices, log, text, newId, settings.digestMax());
        this.marks =
                new DeliveryMarks(
                        notices,
                        recipients,
                        log,
                        new Escalations(text, newId),
                        schedule,
                        settings.controlRoomLanguage(),
                        clock);
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
            InstantSource clock) {
        OutgoingHttp http = new OutgoingHttp(hosts, settings, clock);
        return new NotificationPipeline(
                database,
                log,
                notices,
                recipients,
                channels(http, settings, outside, clock),
                settings,
                text,
                meter,
                clock,
                new NewId(clock));
    }

    private static List<Channel> channels(
            OutgoingHttp http,
            NotificationSettings settings,
            ChannelSettings outside,
            InstantSource clock) {
        List<Channel> all = new ArrayList<>();
        all.add(new WebhookChannel(http, clock));
        all.add(new SlackChannel(http));
        all.add(new InboxChannel());
        if (outside.email() != null) {
            all.add(new MailChannel(outside.email(), settings.deadline(), clock));
        }
        if (outside.sms() != null) {
            all.add(new GatewayChannel("sms", outside.sms(), http));
        }
        if (outside.kakao() != null) {
            all.add(new GatewayChannel("kakao", outside.kakao(), http));
        }
        return all;
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
                                    : database.inTransaction(claim(free))
                                            .flatMapIterable(this::tasks);
                        })
                .onErrorResume(
                        trouble -> {
                            LOG.warn("notices cannot be read: {}", trouble.toString());
                            return Mono.delay(AFTER_TROUBLE).thenMany(Flux.empty());
                        });
    }

    private Mono<Claimed> claim(int free) {
        Instant now = clock.instant();
        return notices.waiting(now)
                .filter(waiting -> !waiting.isEmpty())
                .flatMap(
                        waiting ->
                                recipients
                                        .find(
                                                waiting.stream()
                                                        .map(Waiting::recipientId)
                                                        .distinct()
                                                        .toList())
                                        .flatMap(
                                                found ->
                                                        claim(
                                                                waiting,
                                                                new Addresses(found, channels),
                                                                free,
                                                                now)));
    }

    private Mono<Claimed> claim(List<Waiting> waiting, Addresses addresses, int free, Instant now) {
        List<SendLanes.Wish> wishes =
                waiting.stream()
                        .map(lane -> new SendLanes.Wish(lane, addresses.of(lane).endpoint()))
                        .toList();
        SendLanes.Plan plan = lanes.plan(wishes, now);
        if (plan.rooms().isEmpty()) {
            return Mono.empty();
        }
        return digests.gather(plan.overflowing(), addresses.languages(), now)
                .then(
                        notices.claim(
                                clock.instant(), newId.get(), settings.lease(), free, plan.rooms()))
                .map(claimed -> new Claimed(claimed, addresses, !plan.overflowing().isEmpty()));
    }

    private List<Task> tasks(Claimed claimed) {
        if (claimed.more) {
            wake();
        }
        return claimed.notices.stream().map(notice -> task(notice, claimed.addresses)).toList();
    }

    private Task task(Notice notice, Addresses addresses) {
        Addresses.Address address = addresses.of(notice);
        Delivery.Failed skipped = lanes.taken(notice.lane(), address.endpoint(), clock.instant());
        if (skipped != null) {
            return new Task(notice, address.endpoint(), Mono.just(skipped));
        }
        return new Task(notice, address.endpoint(), address.send(notice));
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
                            .map(delivery -> tried.add(task.tried(delivery, begun, clock)));
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
                : notices.hasten(well, clock.instant())
                        .doOnError(trouble -> LOG.warn("not hastened: {}", trouble.toString()))
                        .onErrorComplete()
                        .then();
    }

    private record Claimed(List<Notice> notices, Addresses addresses, boolean more) {}

    private record Task(Notice notice, String endpoint, Mono<Delivery> sending) {
        Tried tried(Delivery delivery, Instant begun, InstantSource clock) {
            return new Tried(notice, endpoint, delivery, begun, clock.instant());
        }
    }
}
