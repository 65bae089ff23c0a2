package cctvout.notification;

import cctvout.recipient.Parties;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.rows.Rows;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Who reads what a channel did not take: nobody more where the recipient gets the same on another
 * of its channels; else it goes out on one that was not used; else, and for one that stood in for
 * another already, to the control room's inbox, where to be stored is to be delivered. So it ends.
 */
final class Escalations {

    private static final FailureCause REMOVED =
            FailureCause.of(FailureCause.Code.RECIPIENT_REMOVED);

    private final NoticeText text;
    private final Supplier<String> newId;

    Escalations(NoticeText text, Supplier<String> newId) {
        this.text = text;
        this.newId = newId;
    }

    /**
     * @param failed has just become FAILED
     * @param related all about the same
     */
    List<Notice> of(
            Notice failed,
            FailureCause cause,
            Collection<Notice> related,
            Parties parties,
            Instant now) {
        Notification notification = failed.notification();
        Recipient recipient = parties.find(notification.recipientId()).orElse(null);
        List<Notice> same =
                related.stream().filter(one -> isSame(one.notification(), notification)).toList();
        if (same.stream().anyMatch(Escalations::mayArrive)) {
            return List.of();
        }
        if (recipient != null && notification.escalatedFrom() == null) {
            Map.Entry<String, RecipientChannel> other = unused(recipient, failed, same);
            if (other != null) {
                return List.of(onOther(failed, other.getKey(), other.getValue().type(), now));
            }
        }
        return inControlRooms(failed, cause, recipient, parties, now);
    }

    /**
     * Faults that a recipient was to be told of who is removed: where nobody else was, the control
     * room is, after what else they wait for. An inbox has no quiet hours.
     *
     * @param cancelled all that was not sent to it
     * @param related all about the same, as stored
     */
    List<Notice> ofRemoved(
            Collection<Notice> cancelled,
            Collection<Notice> related,
            Parties parties,
            Instant now) {
        Set<String> known = new HashSet<>();
        related.stream()
                .filter(one -> parties.find(one.notification().recipientId()).isPresent())
                .filter(one -> !one.isCancelled())
                .forEach(one -> known.add(String.valueOf(one.subject())));
        List<Notice> told = new ArrayList<>();
        for (Notice one : cancelled) {
            Notification of = one.notification();
            boolean fault = of.event() == NotificationEvent.OPENED && of.alarmId() == null;
            if (fault && known.add(String.valueOf(one.subject()))) {
                Holds holds = of.holds().without(Holds.Reason.QUIET_HOURS);
                inControlRooms(one, REMOVED, null, parties, now)
                        .forEach(instead -> told.add(instead.heldFromTheStart(holds)));
            }
        }
        return told;
    }

    /**
     * The same news to the same recipient, under another id: what is owed on several channels is
     * owed at one time, and a reminder or a fault that is back is news again.
     */
    private static boolean isSame(Notification other, Notification failed) {
        boolean instead =
                failed.id().equals(other.escalatedFrom())
                        || other.id().equals(failed.escalatedFrom());
        return !other.id().equals(failed.id())
                && other.recipientId().equals(failed.recipientId())
                && (instead
                        || other.event() == failed.event()
                                && other.createdAt().equals(failed.createdAt()));
    }

    private static boolean mayArrive(Notice one) {
        return one.notification().status() == NotificationStatus.SENT
                || one.notification().status() == NotificationStatus.CREATED;
    }

    private static Map.@Nullable Entry<String, RecipientChannel> unused(
            Recipient recipient, Notice failed, Collection<Notice> same) {
        if (failed.notification().event() == NotificationEvent.DIGEST) {
            // each that it carries was owed on the other channels by itself
            return null;
        }
        Set<String> used = new HashSet<>();
        used.add(failed.channelKey());
        same.forEach(one -> used.add(one.channelKey()));
        return recipient.channelsByKey().entrySet().stream()
                .filter(channel -> !used.contains(channel.getKey()))
                .findFirst()
                .orElse(null);
    }

    private Notice onOther(Notice failed, String key, String type, Instant now) {
        Notification from = failed.notification();
        return escalated(
                failed,
                from.recipientId(),
                key,
                type,
                "instead of " + failed.channelKey(),
                from.text(),
                now);
    }

    private List<Notice> inControlRooms(
            Notice failed,
            FailureCause cause,
            @Nullable Recipient recipient,
            Parties parties,
            Instant now) {
        Notification from = failed.notification();
        List<Notice> told = new ArrayList<>();
        for (Recipient room : parties.controlRooms(district(failed))) {
            told.add(
                    escalated(
                            failed,
                            room.id(),
                            Notice.INBOX,
                            Notice.INBOX,
                            "not delivered to " + from.recipientId() + " by " + from.channel(),
                            text.undelivered(
                                            room.language(),
                                            recipient == null
                                                    ? from.recipientId()
                                                    : recipient.name(),
                                            from,
                                            cause)
                                    .body(),
                            now));
        }
        return told;
    }

    private static @Nullable String district(Notice failed) {
        JsonNode district =
                Rows.read(failed.content(), JsonNode.class).path("camera").path("district");
        return district.isString() ? district.stringValue() : null;
    }

    private Notice escalated(
            Notice failed,
            String recipientId,
            String key,
            String type,
            String reason,
            String message,
            Instant now) {
        Notification from = failed.notification();
        return Notice.owed(
                new Notification(
                        newId.get(),
                        from.issueId(),
                        from.outageId(),
                        from.cameraId(),
                        recipientId,
                        type,
                        NotificationEvent.ESCALATED,
                        NotificationStatus.CREATED,
                        0,
                        null,
                        null,
                        now,
                        null,
                        null,
                        reason,
                        message,
                        from.alarmId(),
                        null,
                        from.id(),
                        Holds.NONE),
                key,
                failed.content());
    }
}
