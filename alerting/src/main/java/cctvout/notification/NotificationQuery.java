package cctvout.notification;

import org.jspecify.annotations.Nullable;

/**
 * A filter over the notifications, newest first; a null matches all.
 *
 * @param issue its id
 * @param outage its id: those that tell of all of it at once
 * @param recipient its id
 * @param channel a type, such as {@code inbox}
 * @param unread true for those not read yet
 * @param limit 1 to {@link #MAX_LIMIT} a page
 * @param cursor {@code next} of the page before
 */
public record NotificationQuery(
        @Nullable NotificationStatus status,
        @Nullable String issue,
        @Nullable String outage,
        @Nullable String recipient,
        @Nullable String channel,
        boolean unread,
        int limit,
        @Nullable String cursor) {

    public static final int MAX_LIMIT = 1000;

    /**
     * @throws IllegalArgumentException that names the field and its limit
     */
    public NotificationQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit: not between 1 and " + MAX_LIMIT);
        }
        if (cursor != null && !cursor.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("cursor: not one that a page before gave");
        }
    }
}
