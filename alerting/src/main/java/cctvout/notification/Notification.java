package cctvout.notification;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One message to one recipient on one channel, as REST shows it. Its id is its idempotency key, the
 * same on every try.
 *
 * @param issueId null where it is about no single issue: an outage, an alarm, a digest
 * @param cameraId null where it is about no single camera
 * @param channel the type, such as {@code webhook}
 * @param attempts all tries so far
 * @param lastError of the last try that failed, there or on the same endpoint, or why it is
 *     CANCELLED; never holds a secret
 * @param reason why this recipient
 * @param text as the recipient reads it
 * @param alarmId the engine's own trouble that it tells of
 * @param digestId the notification that carried this one, whose id the receiver saw
 * @param escalatedFrom the FAILED notification that this one stands in for
 * @param holds why it waits or waited, until {@code heldUntil}
 */
public record Notification(
        String id,
        @Nullable String issueId,
        @Nullable String outageId,
        @Nullable String cameraId,
        String recipientId,
        String channel,
        NotificationEvent event,
        NotificationStatus status,
        int attempts,
        @Nullable Instant heldUntil,
        @Nullable String lastError,
        Instant createdAt,
        @Nullable Instant sentAt,
        @Nullable Instant readAt,
        String reason,
        String text,
        @Nullable String alarmId,
        @Nullable String digestId,
        @Nullable String escalatedFrom,
        Holds holds) {

    /** About one issue, or an outage of many. */
    public Notification(
            String id,
            @Nullable String issueId,
            @Nullable String outageId,
            @Nullable String cameraId,
            String recipientId,
            String channel,
            NotificationEvent event,
            NotificationStatus status,
            int attempts,
            @Nullable Instant heldUntil,
            @Nullable String lastError,
            Instant createdAt,
            @Nullable Instant sentAt,
            @Nullable Instant readAt,
            String reason,
            String text) {
        this(
                id,
                issueId,
                outageId,
                cameraId,
                recipientId,
                channel,
                event,
                status,
                attempts,
                heldUntil,
                lastError,
                createdAt,
                sentAt,
                readAt,
                reason,
                text,
                null,
                null,
                null,
                Holds.NONE);
    }

    /** What OPENED and RECOVERED have in common; null of a digest. */
    @Nullable String subject() {
        if (issueId != null) {
            return issueId;
        }
        return outageId != null ? outageId : alarmId;
    }

    Notification with(
            NotificationStatus newStatus,
            int newAttempts,
            @Nullable String newError,
            @Nullable Instant newSentAt,
            @Nullable Instant newReadAt) {
        return new Notification(
                id,
                issueId,
                outageId,
                cameraId,
                recipientId,
                channel,
                event,
                newStatus,
                newAttempts,
                heldUntil,
                newError,
                createdAt,
                newSentAt,
                newReadAt,
                reason,
                text,
                alarmId,
                digestId,
                escalatedFrom,
                holds);
    }

    Notification saying(String newText) {
        return new Notification(
                id,
                issueId,
                outageId,
                cameraId,
                recipientId,
                channel,
                event,
                status,
                attempts,
                heldUntil,
                lastError,
                createdAt,
                sentAt,
                readAt,
                reason,
                newText,
                alarmId,
                digestId,
                escalatedFrom,
                holds);
    }

    Notification held(Holds newHolds) {
        return new Notification(
                id,
                issueId,
                outageId,
                cameraId,
                recipientId,
                channel,
                event,
                status,
                attempts,
                newHolds.until(),
                lastError,
                createdAt,
                sentAt,
                readAt,
                reason,
                text,
                alarmId,
                digestId,
                escalatedFrom,
                newHolds);
    }

    /**
     * @param newDigest null where it goes by itself again
     */
    Notification in(@Nullable String newDigest) {
        return new Notification(
                id,
                issueId,
                outageId,
                cameraId,
                recipientId,
                channel,
                event,
                status,
                attempts,
                heldUntil,
                lastError,
                createdAt,
                sentAt,
                readAt,
                reason,
                text,
                alarmId,
                newDigest,
                escalatedFrom,
                holds);
    }
}
