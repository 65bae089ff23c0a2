package cctvout.notification;

import cctvout.rows.Rows;

import io.r2dbc.spi.Readable;

import java.time.Instant;
import java.util.Objects;

/** A notice as a row of table {@code notification}, both ways. */
final class NoticeRows {

    // of an outage, one that was removed and came back is told anew
    /** Adds or replaces the rows of {@code :rows}. */
    static final String SAVE =
            """
            insert into notification (id, issue_id, outage_id, camera_id, recipient_id, channel,
                channel_key, event, status, attempts, held_until, last_error, created_at, sent_at,
                read_at, reason, body, content, tries, first_try_at, next_at, lease, leased_until,
                in_doubt, alarm_id, digest_id, escalated_from, holds, by_hand, round)
            select fresh.*, coalesce((select i.round from issue i where i.id = fresh.issue_id),
                (select count(*) from notification gone where gone.subject = fresh.outage_id
                    and gone.recipient_id = fresh.recipient_id
                    and gone.channel_key = fresh.channel_key
                    and gone.event = fresh.event and gone.status = 'CANCELLED'))
            from jsonb_to_recordset(:rows::jsonb) as fresh(id text, issue_id text,
                outage_id text, camera_id text, recipient_id text, channel text,
                channel_key text, event text, status text, attempts int, held_until timestamptz,
                last_error text, created_at timestamptz, sent_at timestamptz,
                read_at timestamptz, reason text, body text, content text, tries int,
                first_try_at timestamptz, next_at timestamptz, lease text,
                leased_until timestamptz, in_doubt boolean, alarm_id text,
                digest_id text, escalated_from text, holds text, by_hand boolean)
            on conflict (id) do update set status = excluded.status,
                attempts = excluded.attempts, held_until = excluded.held_until,
                last_error = excluded.last_error, sent_at = excluded.sent_at,
                read_at = excluded.read_at, tries = excluded.tries,
                first_try_at = excluded.first_try_at, next_at = excluded.next_at,
                lease = excluded.lease, leased_until = excluded.leased_until,
                body = excluded.body, content = excluded.content,
                in_doubt = excluded.in_doubt, digest_id = excluded.digest_id,
                holds = excluded.holds, by_hand = excluded.by_hand
            """;

    private NoticeRows() {}

    static Rows.Row row(Notice notice) {
        Notification shown = notice.notification();
        return new Rows.Row()
                .with("id", shown.id())
                .with("issue_id", shown.issueId())
                .with("outage_id", shown.outageId())
                .with("camera_id", shown.cameraId())
                .with("recipient_id", shown.recipientId())
                .with("channel", shown.channel())
                .with("channel_key", notice.channelKey())
                .with("event", shown.event())
                .with("status", shown.status())
                .with("attempts", shown.attempts())
                .with("held_until", shown.heldUntil())
                .with("last_error", shown.lastError())
                .with("created_at", shown.createdAt())
                .with("sent_at", shown.sentAt())
                .with("read_at", shown.readAt())
                .with("reason", shown.reason())
                .with("body", shown.text())
                .with("content", notice.content())
                .with("tries", notice.tries())
                .with("first_try_at", notice.firstTryAt())
                .with("next_at", notice.nextAt())
                .with("lease", notice.lease())
                .with("leased_until", notice.leasedUntil())
                .with("in_doubt", notice.inDoubt())
                .with("alarm_id", shown.alarmId())
                .with("digest_id", shown.digestId())
                .with("escalated_from", shown.escalatedFrom())
                .with("holds", shown.holds().all().isEmpty() ? null : Rows.json(shown.holds()))
                .with("by_hand", notice.byHand());
    }

    static Notice notice(Readable row) {
        return new Notice(
                notification(row),
                text(row, "channel_key"),
                text(row, "content"),
                number(row, "tries"),
                row.get("first_try_at", Instant.class),
                row.get("next_at", Instant.class),
                row.get("lease", String.class),
                row.get("leased_until", Instant.class),
                Boolean.TRUE.equals(row.get("in_doubt", Boolean.class)),
                Boolean.TRUE.equals(row.get("by_hand", Boolean.class)));
    }

    static Notification notification(Readable row) {
        return new Notification(
                text(row, "id"),
                row.get("issue_id", String.class),
                row.get("outage_id", String.class),
                row.get("camera_id", String.class),
                text(row, "recipient_id"),
                text(row, "channel"),
                NotificationEvent.valueOf(text(row, "event")),
                NotificationStatus.valueOf(text(row, "status")),
                number(row, "attempts"),
                row.get("held_until", Instant.class),
                row.get("last_error", String.class),
                Objects.requireNonNull(row.get("created_at", Instant.class)),
                row.get("sent_at", Instant.class),
                row.get("read_at", Instant.class),
                text(row, "reason"),
                text(row, "body"),
                row.get("alarm_id", String.class),
                row.get("digest_id", String.class),
                row.get("escalated_from", String.class),
                holds(row));
    }

    static Holds holds(Readable row) {
        String json = row.get("holds", String.class);
        return json == null
                // what an earlier version has held
                ? Holds.of(Holds.Reason.SHARED_CAUSE, row.get("held_until", Instant.class))
                : Rows.read(json, Holds.class);
    }

    private static int number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Integer.class), column);
    }

    static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }
}
