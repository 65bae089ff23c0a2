package cctvout.notification;

import cctvout.store.Database;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;

/** Notices that are read in CCTV Out itself. All publishers are lazy. */
public final class Inbox {

    private final Database database;
    private final Notices notices;
    private final InstantSource clock;

    public Inbox(Database database, Notices notices, InstantSource clock) {
        this.database = database;
        this.notices = notices;
        this.clock = clock;
    }

    /**
     * Newest first.
     *
     * @param recipient whose; null for everyone's
     * @param unread only those not read yet
     * @param limit 1 to {@link NotificationQuery#MAX_LIMIT}
     * @param cursor {@code next} of the page before
     */
    public Mono<Notices.Page> list(
            @Nullable String recipient, boolean unread, int limit, @Nullable String cursor) {
        return Mono.defer(
                () ->
                        notices.search(
                                new NotificationQuery(
                                        NotificationStatus.SENT,
                                        null,
                                        null,
                                        recipient,
                                        Notice.INBOX,
                                        unread,
                                        limit,
                                        cursor)));
    }

    public Mono<Long> unreadCount(@Nullable String recipient) {
        return notices.countUnread(recipient);
    }

    /** The notice, read now or before; empty where there is none of that id in an inbox. */
    public Mono<Notification> markRead(String id) {
        Instant now = clock.instant();
        return database.client()
                .sql(
                        "update notification set read_at = coalesce(read_at, :now) where id = :id"
                                + " and channel = 'inbox' returning id")
                .bind("now", now)
                .bind("id", id)
                .map(row -> Objects.requireNonNull(row.get("id", String.class)))
                .one()
                .flatMap(notices::find);
    }
}
