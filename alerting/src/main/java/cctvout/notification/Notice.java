package cctvout.notification;

import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;
import static cctvout.notification.NotificationStatus.FAILED;
import static cctvout.notification.NotificationStatus.SENT;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A notification's row: what REST shows, and what its delivery needs.
 *
 * @param channelKey which of the recipient's channels
 * @param content JSON of {@code issue} and {@code camera} as they were
 * @param tries in this schedule, which a resend begins anew
 * @param nextAt when it is due; null where it is sent, cancelled or given up
 * @param lease who is sending it, until {@code leasedUntil}
 * @param inDoubt a try ended so that the receiver may have got it
 * @param byHand somebody had it sent again
 */
public record Notice(
        Notification notification,
        String channelKey,
        String content,
        int tries,
        @Nullable Instant firstTryAt,
        @Nullable Instant nextAt,
        @Nullable String lease,
        @Nullable Instant leasedUntil,
        boolean inDoubt,
        boolean byHand) {

    static final String INBOX = "inbox";

    /**
     * One that is owed from now on, due at once where nothing holds it; in an inbox to be stored is
     * to be delivered.
     */
    public static Notice owed(Notification fresh, String channelKey, String content) {
        Instant held = fresh.heldUntil();
        if (fresh.channel().equals(INBOX) && held == null) {
            Notification sent = fresh.with(SENT, 1, null, fresh.createdAt(), null);
            return untried(sent, channelKey, content, null);
        }
        return untried(fresh, channelKey, content, held == null ? fresh.createdAt() : held);
    }

    /** One that is kept on record, and owed to nobody. */
    static Notice never(Notification cancelled, String channelKey, String content) {
        return untried(cancelled, channelKey, content, null);
    }

    private static Notice untried(
            Notification shown, String channelKey, String content, @Nullable Instant nextAt) {
        return new Notice(shown, channelKey, content, 0, null, nextAt, null, null, false, false);
    }

    public String id() {
        return notification.id();
    }

    /** The lane that it is sent in: one channel of one recipient. */
    public String lane() {
        return notification.recipientId() + "/" + channelKey;
    }

    /** What OPENED and RECOVERED have in common: an issue, an outage or an alarm. */
    public @Nullable String subject() {
        return notification.subject();
    }

    /** It tells again, or tells others, because nobody took the fault up. */
    public boolean isFollowUp() {
        return notification.event() == NotificationEvent.REMINDER
                || notification.event() == NotificationEvent.ESCALATED
                        && notification.escalatedFrom() == null;
    }

    boolean isUnsent() {
        return notification.status() == CREATED || notification.status() == FAILED;
    }

    /** It was delivered. */
    public boolean isSent() {
        return notification.status() == SENT;
    }

    public boolean isCancelled() {
        return notification.status() == CANCELLED;
    }

    /** No longer owed, and why; what went wrong before is of no use to anybody. */
    Notice cancelled(String why) {
        return moved(
                notification.with(
                        CANCELLED,
                        notification.attempts(),
                        why,
                        notification.sentAt(),
                        notification.readAt()),
                tries,
                firstTryAt,
                null,
                inDoubt);
    }

    /** From now on a digest is due in its place. */
    Notice carriedBy(String digestId) {
        return moved(notification.in(digestId), tries, firstTryAt, null, inDoubt);
    }

    /** What became of the digest that carries it. */
    Notice as(Notice digest) {
        Notification carrier = digest.notification;
        return moved(
                notification.with(
                        carrier.status(),
                        notification.attempts() + carrier.attempts(),
                        carrier.lastError(),
                        carrier.sentAt(),
                        null),
                tries,
                firstTryAt,
                null,
                digest.inDoubt && !carrier.status().equals(SENT));
    }

    /** Is a digest to be delivered in its place? */
    boolean isCarried() {
        return notification.digestId() != null && isUnsent();
    }

    /** Is it being sent at this moment, by itself or in a digest? */
    boolean isTaken() {
        return lease != null || isCarried();
    }

    /** More is known by now, and it was not sent yet. */
    Notice retold(String text, String newContent) {
        return new Notice(
                notification.saying(text),
                channelKey,
                newContent,
                tries,
                firstTryAt,
                nextAt,
                lease,
                leasedUntil,
                inDoubt,
                byHand);
    }

    /**
     * Not before those are over, in place of what held it so far. What is sent or being sent stays,
     * and so does what was tried: its schedule counts.
     *
     * @param now due, where nothing holds it
     */
    public Notice held(Holds holds, Instant now) {
        if (!isUntried()) {
            return this;
        }
        Instant until = holds.until();
        return new Notice(
                notification.held(holds),
                channelKey,
                content,
                tries,
                null,
                until == null ? now : until,
                lease,
                leasedUntil,
                inDoubt,
                byHand);
    }

    /**
     * One that is new, as if it had been owed with those: in an inbox, too, it is not there yet.
     */
    public Notice heldFromTheStart(Holds holds) {
        return isCancelled() || holds.equals(notification.holds())
                ? this
                : owed(
                        notification.with(CREATED, 0, null, null, null).held(holds),
                        channelKey,
                        content);
    }

    /** It waits for the end of planned work at that time, and nobody can have heard of it. */
    public boolean isHeldBack(Instant at) {
        return isUntried()
                && notification
                        .holds()
                        .of(Holds.Reason.MAINTENANCE)
                        .filter(hold -> hold.until().isAfter(at))
                        .isPresent();
    }

    /** Nobody can have heard of it yet, and nobody is about to. */
    public boolean isUntried() {
        return notification.status() == CREATED
                && nextAt != null
                && tries == 0
                && lease == null
                && !inDoubt
                && notification.digestId() == null;
    }

    /** By hand: due now, its schedule begun anew; the id stays. */
    Notice resent(Instant now) {
        boolean inbox = notification.channel().equals(INBOX);
        return new Notice(
                notification
                        .in(null)
                        .held(Holds.NONE)
                        .with(
                                inbox ? SENT : CREATED,
                                notification.attempts(),
                                null,
                                inbox ? now : null,
                                null),
                channelKey,
                content,
                0,
                null,
                inbox ? null : now,
                null,
                null,
                inDoubt || notification.status() == SENT,
                true);
    }

    /** A quick try of what was sent by hand failed: whoever had it sent looks on. */
    boolean isNewsSince(Notice before) {
        return byHand
                && notification.status() == CREATED
                && !notification.equals(before.notification);
    }

    /** Let go, with another place in its schedule. */
    Notice moved(
            Notification changed,
            int newTries,
            @Nullable Instant first,
            @Nullable Instant next,
            boolean doubt) {
        return new Notice(
                changed, channelKey, content, newTries, first, next, null, null, doubt, byHand);
    }
}
