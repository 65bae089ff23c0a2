package cctvout.notification;

import static cctvout.notification.NotificationEvent.ESCALATED;
import static cctvout.notification.NotificationEvent.REMINDER;
import static cctvout.notification.NotificationStatus.CREATED;

import cctvout.camera.Camera;
import cctvout.issue.Issue;
import cctvout.outage.Outage;
import cctvout.policy.Told;
import cctvout.recipient.Chosen;
import cctvout.recipient.Language;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.template.Message;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What is owed for a fault that nobody is at: the same people again, or others as well. */
public final class FollowUpNotices {

    /** What it is about. */
    public sealed interface About {}

    public record OfIssue(Issue issue, Camera camera) implements About {}

    /**
     * @param down cameras of it that are still down
     * @param taken how many of them somebody has taken up
     */
    public record OfOutage(Outage outage, long down, long taken) implements About {}

    private final NoticeText text;
    private final IssueNotices issues;
    private final OutageNotices outages;

    public FollowUpNotices(NoticeText text, Supplier<String> newId) {
        this.text = text;
        this.issues = new IssueNotices(newId);
        this.outages = new OutageNotices(newId);
    }

    /**
     * To whom it was told and reached: who has not got the last notice yet needs no other.
     *
     * @param told ids
     * @param soFar its notices, as stored
     * @param quiet not before that time; null: at once
     */
    public List<Notice> reminders(
            About about,
            List<String> told,
            Collection<Notice> soFar,
            Parties parties,
            Instant now,
            @Nullable Instant quiet) {
        List<Notice> owed = new ArrayList<>();
        for (List<Notice> lane : ToldLanes.of(soFar)) {
            Notice first = lane.getFirst();
            String id = first.notification().recipientId();
            Recipient who = parties.find(id).filter(Recipient::enabled).orElse(null);
            if (who == null
                    || lane.stream().noneMatch(FollowUpNotices::isTold)
                    || !told.contains(id)
                    || lane.stream().anyMatch(Notice::isUnsent)) {
                continue;
            }
            RecipientChannel channel = who.channelsByKey().get(first.channelKey());
            if (channel != null) {
                Chosen chosen = new Chosen(who, "was told, and it is not over");
                owed.add(notice(about, chosen, first.channelKey(), channel, REMINDER, now, quiet));
            }
        }
        return owed;
    }

    /** At first, or that it came back: who got it by escalation alone is not reminded. */
    private static boolean isTold(Notice notice) {
        NotificationEvent event = notice.notification().event();
        return event == NotificationEvent.OPENED || event == REMINDER;
    }

    /**
     * @param lanes those that were told in this round; grows
     */
    public List<Notice> escalations(
            About about, List<Told> told, Set<String> lanes, Instant now, @Nullable Instant quiet) {
        List<Notice> owed = new ArrayList<>();
        for (Told one : told) {
            one.channels()
                    .forEach(
                            (key, channel) -> {
                                Notice notice =
                                        notice(
                                                about,
                                                one.chosen(),
                                                key,
                                                channel,
                                                ESCALATED,
                                                now,
                                                quiet);
                                if (lanes.add(notice.lane())) {
                                    owed.add(notice);
                                }
                            });
        }
        return owed;
    }

    private Notice notice(
            About about,
            Chosen chosen,
            String key,
            RecipientChannel channel,
            NotificationEvent event,
            Instant now,
            @Nullable Instant quiet) {
        Message message = words(about, chosen.recipient().language(), event, now);
        Holds holds = Obligations.quiet(Holds.NONE, quiet, channel);
        return switch (about) {
            case OfIssue(var issue, var camera) ->
                    issues.of(
                            new IssueNotices.Address(chosen, key, channel),
                            event,
                            CREATED,
                            issue,
                            camera,
                            message,
                            now,
                            holds);
            case OfOutage(var outage, var down, _) ->
                    outages.of(
                            chosen,
                            key,
                            channel,
                            event,
                            message,
                            OutageNotices.content(outage, List.of(), down),
                            now,
                            holds);
        };
    }

    private Message words(About about, Language language, NotificationEvent event, Instant now) {
        return switch (about) {
            case OfIssue(var issue, var camera) -> text.still(language, event, issue, camera, now);
            case OfOutage(var outage, var down, var taken) ->
                    text.outageStill(language, event, outage, down, taken, now);
        };
    }
}
