package cctvout.notification;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One message to one recipient on one channel, as REST shows it. Its id is its idempotency key, the
 * same on every try.
 *
 * @param channel the type, such as {@code webhook}
 * @param attempts all tries so far
 * @param lastError of the last try that failed; never holds a secret
 * @param reason why this recipient
 * @param text as the recipient reads it
 */
public record Notification(
        String id,
        String issueId,
        @Nullable String outageId,
        String cameraId,
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
                text);
    }
}
