package cctvout.notification;

import static cctvout.notification.NotificationStatus.CREATED;

import cctvout.camera.Camera;
import cctvout.issue.Issue;
import cctvout.policy.Plan;
import cctvout.policy.Told;
import cctvout.recipient.Chosen;
import cctvout.recipient.Language;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.template.Message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes the notices that tell of an issue. */
final class IssueNotices {

    private final Supplier<String> newId;

    IssueNotices(Supplier<String> newId) {
        this.newId = newId;
    }

    /** The channel that was told; the inbox where the recipient has it no longer. */
    static Address address(Notice told, Recipient recipient) {
        Chosen chosen = new Chosen(recipient, "was told of the fault");
        RecipientChannel channel = recipient.channelsByKey().get(told.channelKey());
        return channel == null
                ? new Address(chosen, told.channelKey(), new RecipientChannel.Inbox())
                : new Address(chosen, told.channelKey(), channel);
    }

    record Address(Chosen chosen, String key, RecipientChannel channel) {}

    Notice of(
            Address address,
            NotificationEvent event,
            NotificationStatus status,
            Issue issue,
            Camera camera,
            Message message,
            Instant now) {
        return of(address, event, status, issue, camera, message, now, Holds.NONE);
    }

    Notice of(
            Address address,
            NotificationEvent event,
            NotificationStatus status,
            Issue issue,
            Camera camera,
            Message message,
            Instant now,
            Holds held) {
        Notification notification =
                new Notification(
                                newId.get(),
                                issue.id(),
                                issue.outageId(),
                                camera.id().value(),
                                address.chosen().recipient().id(),
                                address.channel().type(),
                                event,
                                status,
                                0,
                                null,
                                status == CREATED ? null : Obligations.OVER,
                                now,
                                null,
                                null,
                                address.chosen().reason(),
                                message.body())
                        .held(held);
        String content = message.content(new Content(issue, camera));
        return status == CREATED
                ? Notice.owed(notification, address.key(), content)
                : Notice.never(notification, address.key(), content);
    }

    /** To all that a plan names. */
    List<Notice> to(
            Plan plan,
            NotificationEvent event,
            Function<Language, Message> words,
            Issue issue,
            Camera camera,
            Instant now,
            Holds held) {
        List<Notice> owed = new ArrayList<>();
        for (Told told : plan.told()) {
            Chosen chosen = told.chosen();
            Message message = words.apply(chosen.recipient().language());
            told.channels()
                    .forEach(
                            (key, channel) ->
                                    owed.add(
                                            of(
                                                    new Address(chosen, key, channel),
                                                    event,
                                                    CREATED,
                                                    issue,
                                                    camera,
                                                    message,
                                                    now,
                                                    Obligations.quiet(
                                                            held, told.heldUntil(), channel))));
        }
        return owed;
    }

    record Content(Issue issue, Camera camera) {}
}
