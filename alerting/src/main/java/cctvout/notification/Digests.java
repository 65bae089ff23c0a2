package cctvout.notification;

import cctvout.log.EventLog;
import cctvout.notification.Outbox.Waiting;
import cctvout.recipient.Language;
import cctvout.template.Message;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is more than a lane's rate lets through goes as one message. The digest is a row like any
 * other, stored before it is sent, so its id is the idempotency key of the whole; those it carries
 * follow it, and may only become fewer.
 */
final class Digests {

    private final Notices notices;
    private final Outbox outbox;
    private final EventLog log;
    private final NoticeText text;
    private final Supplier<String> newId;
    private final int most;

    Digests(
            Notices notices,
            Outbox outbox,
            EventLog log,
            NoticeText text,
            Supplier<String> newId,
            int most) {
        this.notices = notices;
        this.outbox = outbox;
        this.log = log;
        this.text = text;
        this.newId = newId;
        this.most = most;
    }

    /** One for each lane, inside the caller's transaction. */
    Mono<Void> gather(List<Waiting> lanes, Map<String, Language> languages, Instant now) {
        return Flux.fromIterable(lanes)
                .concatMap(
                        lane ->
                                outbox.gather(now, lane, most)
                                        .filter(found -> found.size() > 1)
                                        .map(
                                                found ->
                                                        rows(
                                                                lane,
                                                                found,
                                                                languages.getOrDefault(
                                                                        lane.recipientId(),
                                                                        Language.KO),
                                                                now)))
                .collectList()
                .flatMap(
                        all -> {
                            List<Notice> rows = all.stream().flatMap(List::stream).toList();
                            List<Notice> digests =
                                    rows.stream()
                                            .filter(
                                                    row ->
                                                            row.notification().event()
                                                                    == NotificationEvent.DIGEST)
                                            .toList();
                            return notices.save(rows).then(NoticeLog.append(log, digests, now));
                        });
    }

    private List<Notice> rows(Waiting lane, List<Notice> found, Language language, Instant now) {
        List<Notice> inOrder =
                found.stream()
                        .sorted(Comparator.comparing(one -> one.notification().createdAt()))
                        .toList();
        List<Notification> carried = inOrder.stream().map(Notice::notification).toList();
        Message message = text.digest(language, carried);
        Notification digest =
                new Notification(
                        newId.get(),
                        null,
                        null,
                        null,
                        lane.recipientId(),
                        lane.channel(),
                        NotificationEvent.DIGEST,
                        NotificationStatus.CREATED,
                        0,
                        null,
                        null,
                        now,
                        null,
                        null,
                        carried.size() + " notices in one",
                        message.body());
        List<Notice> rows = new ArrayList<>();
        rows.add(Notice.owed(digest, lane.channelKey(), message.content(new Content(carried))));
        inOrder.forEach(one -> rows.add(one.carriedBy(digest.id())));
        return rows;
    }

    private record Content(List<Notification> notices) {}
}
