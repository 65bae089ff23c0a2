package cctvout.notification;

import cctvout.log.EventLog;
import cctvout.notification.Outbox.Waiting;
import cctvout.recipient.Recipients;
import cctvout.store.Database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Takes of the due rows what their lanes have room for, and gathers the rest in digests. */
final class DueNotices {

    private static final Logger LOG = LoggerFactory.getLogger(DueNotices.class);
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);

    private final Database database;
    private final Outbox outbox;
    private final Recipients recipients;
    private final Map<String, Channel> channels;
    private final NotificationSettings settings;
    private final SendLanes lanes;
    private final Digests digests;
    private final Supplier<String> newId;
    private final InstantSource clock;

    DueNotices(
            Database database,
            EventLog log,
            Notices notices,
            Outbox outbox,
            Recipients recipients,
            Map<String, Channel> channels,
            NotificationSettings settings,
            NoticeText text,
            SendLanes lanes,
            Supplier<String> newId,
            InstantSource clock) {
        this.database = database;
        this.outbox = outbox;
        this.recipients = recipients;
        this.channels = channels;
        this.settings = settings;
        this.lanes = lanes;
        this.digests = new Digests(notices, outbox, log, text, newId, settings.digestMax());
        this.newId = newId;
        this.clock = clock;
    }

    /**
     * What may be sent now, taken for as long as the lease lasts. Lazy; never an error signal:
     * while the database is away it is empty after a second.
     *
     * @param more called where there is more than was taken
     */
    Flux<Attempt> take(Runnable more) {
        return Flux.defer(
                        () -> {
                            int free = lanes.free();
                            return free == 0
                                    ? Flux.<Attempt>empty()
                                    : database.inTransaction(taken(free))
                                            .flatMapIterable(taken -> attempts(taken, more));
                        })
                .onErrorResume(
                        trouble -> {
                            LOG.warn("notices cannot be read: {}", trouble.toString());
                            return Mono.delay(AFTER_TROUBLE).thenMany(Flux.empty());
                        });
    }

    private Mono<Taken> taken(int free) {
        Instant now = clock.instant();
        return outbox.waiting(now)
                .filter(waiting -> !waiting.isEmpty())
                .flatMap(
                        waiting ->
                                recipients
                                        .find(
                                                waiting.stream()
                                                        .map(Waiting::recipientId)
                                                        .distinct()
                                                        .toList())
                                        .map(found -> new Addresses(found, channels))
                                        .flatMap(to -> taken(waiting, to, free, now)));
    }

    private Mono<Taken> taken(List<Waiting> waiting, Addresses addresses, int free, Instant now) {
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
                        outbox.claim(
                                clock.instant(), newId.get(), settings.lease(), free, plan.rooms()))
                .map(notices -> new Taken(notices, addresses, !plan.overflowing().isEmpty()));
    }

    private List<Attempt> attempts(Taken taken, Runnable more) {
        if (taken.more) {
            more.run();
        }
        return taken.notices.stream().map(notice -> attempt(notice, taken.addresses)).toList();
    }

    private Attempt attempt(Notice notice, Addresses addresses) {
        Addresses.Address address = addresses.of(notice);
        Delivery.Skipped skipped = lanes.taken(notice.lane(), address.endpoint(), clock.instant());
        return new Attempt(
                notice,
                address.endpoint(),
                skipped == null ? address.send(notice) : Mono.just(skipped));
    }

    private record Taken(List<Notice> notices, Addresses addresses, boolean more) {}
}
