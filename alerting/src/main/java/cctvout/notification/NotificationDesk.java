package cctvout.notification;

import static cctvout.notification.NotificationEvent.RECOVERED;

import cctvout.log.EventLog;
import cctvout.recipient.Language;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipient;
import cctvout.recipient.Recipients;
import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What people do with notices: look, send again, remove who is told. All publishers are lazy. */
public final class NotificationDesk {

    private final Database database;
    private final EventLog log;
    private final Notices notices;
    private final Recipients recipients;
    private final Escalations escalations;
    private final Language controlRoomLanguage;
    private final InstantSource clock;

    public NotificationDesk(
            Database database,
            EventLog log,
            Notices notices,
            Recipients recipients,
            NoticeText text,
            Supplier<String> newId,
            Language controlRoomLanguage,
            InstantSource clock) {
        this.database = database;
        this.log = log;
        this.notices = notices;
        this.recipients = recipients;
        this.escalations = new Escalations(text, newId);
        this.controlRoomLanguage = controlRoomLanguage;
        this.clock = clock;
    }

    /** Empty where the id is unknown. */
    public Mono<Notification> find(String id) {
        return notices.find(id);
    }

    public Mono<Notices.Page> search(NotificationQuery query) {
        return notices.search(query);
    }

    /**
     * Due at once under the same id, whose receiver may know it already. Empty where the id is
     * unknown; errors with {@link NotResendableException} where it is no longer owed, or where its
     * recovery was sent: RECOVERED never comes before its OPENED.
     */
    public Mono<Notification> resend(String id) {
        Mono<Notification> work =
                notices.find(id)
                        .flatMap(
                                found ->
                                        found.subject() == null
                                                ? notices.lock(List.of(id))
                                                : notices.lockOf(List.of(found.subject())))
                        .flatMap(
                                all ->
                                        Mono.justOrEmpty(
                                                        all.stream()
                                                                .filter(one -> one.id().equals(id))
                                                                .findFirst())
                                                .flatMap(notice -> resend(notice, all)));
        return database.inTransaction(work);
    }

    private Mono<Notification> resend(Notice notice, Collection<Notice> related) {
        if (notice.isCancelled()) {
            return Mono.error(new NotResendableException(notice.id(), "it is CANCELLED"));
        }
        if (notice.notification().holds().has(Holds.Reason.FAILED_AGAIN)) {
            return Mono.error(new NotResendableException(notice.id(), "its fault is there again"));
        }
        boolean takenBack =
                notice.notification().event() != RECOVERED
                        && related.stream()
                                .anyMatch(
                                        other ->
                                                other.lane().equals(notice.lane())
                                                        && other.notification().event() == RECOVERED
                                                        && !other.isCancelled()
                                                        && !isOlder(other, notice));
        if (takenBack) {
            return Mono.error(
                    new NotResendableException(notice.id(), "its fault is over, see RECOVERED"));
        }
        Notice again = notice.resent(clock.instant());
        return notices.save(List.of(again))
                .then(NoticeLog.append(log, List.of(again), clock.instant()))
                .thenReturn(again.notification());
    }

    /** The end of an earlier round: the issue was opened again. */
    private static boolean isOlder(Notice other, Notice than) {
        return other.notification().createdAt().isBefore(than.notification().createdAt());
    }

    /**
     * Removes a recipient; what was not sent to it is CANCELLED in the same transaction, and a
     * fault that nobody else was told of is told to the control room. True where it was there;
     * errors with {@link cctvout.record.StaleRecordException}.
     */
    public Mono<Boolean> removeRecipient(String id, OptionalLong expectedVersion) {
        Mono<Boolean> work =
                recipients
                        .delete(id, expectedVersion)
                        .flatMap(
                                removed ->
                                        removed
                                                ? cancelUnsent(id).thenReturn(true)
                                                : Mono.just(false));
        return database.inTransaction(work);
    }

    private Mono<Void> cancelUnsent(String recipientId) {
        return notices.lockUnsentOf(recipientId)
                .flatMap(
                        unsent ->
                                Mono.zip(notices.ofSubjects(subjects(unsent)), recipients.all())
                                        .flatMap(
                                                read ->
                                                        cancel(
                                                                unsent,
                                                                read.getT1(),
                                                                read.getT2())));
    }

    private static List<String> subjects(Collection<Notice> some) {
        return some.stream().map(Notice::subject).filter(Objects::nonNull).distinct().toList();
    }

    private Mono<Void> cancel(
            List<Notice> unsent, List<Notice> related, List<Recipient> recipients) {
        Instant now = clock.instant();
        Parties parties = new Parties(recipients, controlRoomLanguage);
        List<Notice> changed = new ArrayList<>();
        unsent.forEach(one -> changed.add(one.cancelled(Obligations.REMOVED)));
        changed.addAll(escalations.ofRemoved(List.copyOf(changed), related, parties, now));
        return notices.save(changed).then(NoticeLog.append(log, changed, now));
    }
}
