package cctvout.notification;

import static cctvout.notification.NotificationStatus.CREATED;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.outage.Outage;
import cctvout.policy.Told;
import cctvout.recipient.Chosen;
import cctvout.recipient.Language;
import cctvout.recipient.RecipientChannel;
import cctvout.template.Message;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes the notices that tell of an outage. */
final class OutageNotices {

    /** Listed in a notice; all are under {@code /api/outages/ID}. */
    private static final int LISTED = 100;

    private final Supplier<String> newId;

    OutageNotices(Supplier<String> newId) {
        this.newId = newId;
    }

    /** To all channels of all that a plan names. */
    List<Notice> to(
            Collection<Told> all,
            NotificationEvent event,
            Function<Language, Message> words,
            Content content,
            Instant now,
            Holds held) {
        List<Notice> owed = new ArrayList<>();
        for (Told told : all) {
            Message message = words.apply(told.chosen().recipient().language());
            told.channels()
                    .forEach(
                            (key, channel) ->
                                    owed.add(
                                            of(
                                                    told.chosen(),
                                                    key,
                                                    channel,
                                                    event,
                                                    message,
                                                    content,
                                                    now,
                                                    Obligations.quiet(
                                                            held, told.heldUntil(), channel))));
        }
        return owed;
    }

    Notice of(
            Chosen chosen,
            String key,
            RecipientChannel channel,
            NotificationEvent event,
            Message message,
            Content content,
            Instant now,
            Holds holds) {
        return Notice.owed(
                new Notification(
                                newId.get(),
                                null,
                                content.outage().id(),
                                null,
                                chosen.recipient().id(),
                                channel.type(),
                                event,
                                CREATED,
                                0,
                                null,
                                null,
                                now,
                                null,
                                null,
                                chosen.reason(),
                                message.body())
                        .held(holds),
                key,
                message.content(content));
    }

    /**
     * @param outage with those of its cameras that are listed
     * @param total how many there are
     */
    record Content(Outage outage, long total) {

        /** More joined those that it tells of. */
        Content with(Outage now, List<Camera> joined, long inAll) {
            return listing(
                    now,
                    Stream.concat(outage.cameras().stream(), joined.stream().map(Camera::id)),
                    inAll);
        }
    }

    static Content content(Outage outage, List<Camera> cameras, long total) {
        return listing(outage, cameras.stream().map(Camera::id), total);
    }

    private static Content listing(Outage outage, Stream<CameraId> cameras, long total) {
        return new Content(outage.with(cameras.distinct().limit(LISTED).toList()), total);
    }

    static List<String> names(List<Camera> cameras) {
        return cameras.stream().map(NoticeFields::name).toList();
    }
}
