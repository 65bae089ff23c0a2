package cctvout.notification;

import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationStatus.CREATED;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.Ending;
import cctvout.issue.Issue;
import cctvout.notification.Holds.Reason;
import cctvout.notification.IssueNotices.Address;
import cctvout.notification.OutageNotices.Content;
import cctvout.outage.Outage;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipient;
import cctvout.rows.Rows;
import cctvout.template.Message;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * Ends of outages that name cameras as still down. Whoever reads that of a camera reads once that
 * it is not: in that very notice where it was not sent yet, else in one of its own.
 */
public final class LeftBehind {

    private final NoticeText text;
    private final IssueNotices issues;

    LeftBehind(NoticeText text, IssueNotices issues) {
        this.text = text;
        this.issues = issues;
    }

    /** Cameras that it says are still down, as far as it lists them. */
    public static List<CameraId> listed(Notice notice) {
        return isEnd(notice) ? content(notice).outage().cameras() : List.of();
    }

    /** Does it say so of this one's camera? */
    public static boolean names(Notice notice, Issue issue) {
        if (!isEnd(notice)) {
            return false;
        }
        Content content = content(notice);
        List<CameraId> listed = content.outage().cameras();
        return listed.contains(issue.cameraId())
                || content.total() > listed.size()
                        && content.outage().id().equals(issue.outageId());
    }

    private static boolean isEnd(Notice notice) {
        Notification of = notice.notification();
        return of.event() == RECOVERED
                && of.issueId() == null
                && of.outageId() != null
                && !notice.isCancelled();
    }

    private static Content content(Notice end) {
        return Rows.read(end.content(), Content.class);
    }

    /** Nobody can have read it, and nobody is about to. */
    public static boolean isUnread(Notice end) {
        return end.isUnsent() && !end.isTaken() && !end.inDoubt();
    }

    /** The end without this camera; due where no other is left. */
    public Notice without(
            CameraId well,
            Notice end,
            Function<CameraId, Camera> cameras,
            Parties parties,
            Instant now) {
        Recipient who = parties.find(end.notification().recipientId()).orElse(null);
        if (who == null) {
            return end;
        }
        Content before = content(end);
        List<CameraId> left =
                before.outage().cameras().stream().filter(one -> !one.equals(well)).toList();
        long total = before.total() - 1;
        Outage outage = before.outage().with(left);
        List<String> names = OutageNotices.names(left.stream().map(cameras).toList());
        Message message = text.outageEnded(who.language(), outage, names, total);
        Notice retold = end.retold(message.body(), message.content(new Content(outage, total)));
        Holds holds = end.notification().holds();
        return total > 0 || !holds.has(Reason.SHARED_CAUSE)
                ? retold
                : retold.held(holds.without(Reason.SHARED_CAUSE), now);
    }

    /**
     * That it is over, too, where the end was read.
     *
     * @param quiet not before that time; null: at once
     */
    public Notice ended(
            Notice end,
            Recipient who,
            Issue issue,
            Ending ending,
            Camera camera,
            Instant now,
            @Nullable Instant quiet) {
        Address address = IssueNotices.address(end, who);
        return issues.of(
                address,
                RECOVERED,
                CREATED,
                issue,
                camera,
                text.ended(who.language(), issue, ending, camera),
                now,
                Obligations.quiet(Holds.NONE, quiet, address.channel()));
    }
}
