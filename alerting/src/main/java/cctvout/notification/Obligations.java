package cctvout.notification;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationEvent.REMINDER;
import static cctvout.notification.NotificationStatus.CANCELLED;
import static cctvout.notification.NotificationStatus.CREATED;

import cctvout.camera.Camera;
import cctvout.issue.Ending;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.notification.Holds.Hold;
import cctvout.notification.Holds.Reason;
import cctvout.notification.IssueNotices.Address;
import cctvout.policy.Plan;
import cctvout.recipient.Chosen;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.rows.Rows;
import cctvout.template.Message;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What is owed when an issue opens and when it ends: everyone told of a fault is told once that it
 * is over, on the channel that they were told on, and so is the control room.
 */
public final class Obligations {

    static final String REMOVED = "recipient removed";
    static final String OVER = "over before it was told";
    static final String NEVER_TOLD = "over before its maintenance was";

    private final UnsentOpened unsentOpened;
    private final NoticeText text;
    private final IssueNotices issues;
    private final Reopenings reopenings;
    private final LeftBehind leftBehind;

    public Obligations(UnsentOpened unsentOpened, NoticeText text, Supplier<String> newId) {
        this.unsentOpened = unsentOpened;
        this.text = text;
        this.issues = new IssueNotices(newId);
        this.reopenings = new Reopenings(text, issues);
        this.leftBehind = new LeftBehind(text, issues);
    }

    public LeftBehind leftBehind() {
        return leftBehind;
    }

    /**
     * @param held not before those are over
     */
    public List<Notice> opened(Issue issue, Camera camera, Plan plan, Instant now, Holds held) {
        return issues.to(
                plan,
                OPENED,
                language -> text.opened(language, issue, camera),
                issue,
                camera,
                now,
                held);
    }

    /**
     * To those who know of an earlier fault that this one goes on with: it came back, and stays.
     *
     * @param held not before those are over
     * @param knowing lanes
     */
    public List<Notice> staying(
            Issue issue, Camera camera, Plan plan, Instant now, Holds held, Set<String> knowing) {
        Instant at = held.until() == null ? now : held.until();
        List<Notice> owed =
                issues.to(
                        plan,
                        REMINDER,
                        language -> text.still(language, REMINDER, issue, camera, at),
                        issue,
                        camera,
                        now,
                        held);
        return owed.stream().filter(notice -> knowing.contains(notice.lane())).toList();
    }

    /** Quiet hours as well; an inbox wakes nobody and has none. */
    static Holds quiet(Holds held, @Nullable Instant until, RecipientChannel channel) {
        return until == null || channel instanceof RecipientChannel.Inbox
                ? held
                : held.with(new Hold(Reason.QUIET_HOURS, until, null));
    }

    /**
     * One of an outage, or left behind by it, that nobody was told of by itself: what was held is
     * no longer owed, and nothing has to be taken back. Null where somebody was told.
     */
    public @Nullable List<Notice> untold(Collection<Notice> soFar) {
        boolean told =
                soFar.stream()
                        .filter(notice -> !notice.isCancelled())
                        .anyMatch(one -> !one.isUnsent() || one.isTaken() || one.inDoubt());
        return told
                ? null
                : soFar.stream()
                        .filter(Notice::isUnsent)
                        .map(notice -> notice.cancelled(OVER))
                        .toList();
    }

    /** What waits to be told singly and is told by an outage instead. */
    public List<Notice> joined(Collection<Notice> soFar) {
        return soFar.stream()
                .filter(notice -> notice.isUnsent() && !notice.isTaken() && !notice.inDoubt())
                .map(notice -> notice.cancelled("told as one of an outage"))
                .toList();
    }

    /** Somebody works on it: reminders and escalations that were not sent are not owed any more. */
    public List<Notice> takenUp(Collection<Notice> soFar) {
        return soFar.stream()
                .filter(notice -> notice.isUnsent() && !notice.isTaken() && !notice.inDoubt())
                .filter(notice -> notice.isFollowUp())
                .map(notice -> notice.cancelled("somebody took it up"))
                .toList();
    }

    /**
     * @param issue as it is now that it is over
     * @param soFar its notices, as stored
     * @param quiet those who were told are told of the end not before; null: at once
     * @param knowing recipients who hear of an earlier fault that this one went on with
     * @return what is new, and those of {@code soFar} that are no longer owed
     */
    public List<Notice> ended(
            Issue issue,
            Ending ending,
            Camera camera,
            Parties parties,
            Collection<Notice> soFar,
            Instant now,
            @Nullable Instant quiet,
            Set<String> knowing) {
        List<Notice> owed = new ArrayList<>();
        Set<String> told = new HashSet<>();
        boolean secret = !knowing.isEmpty();
        Instant over = issue.resolvedAt() == null ? now : issue.resolvedAt();
        for (List<Notice> lane : ToldLanes.of(soFar)) {
            Recipient recipient =
                    parties.find(lane.getFirst().notification().recipientId()).orElse(null);
            if (recipient == null) {
                lane.stream()
                        .filter(Notice::isUnsent)
                        .forEach(notice -> owed.add(notice.cancelled(REMOVED)));
                continue;
            }
            if (knowing.contains(recipient.id()) && wasOnlyReminded(lane)) {
                lane.stream()
                        .filter(notice -> notice.isUnsent() && !notice.isTaken())
                        .forEach(notice -> owed.add(notice.cancelled(OVER)));
                continue;
            }
            if (lane.stream().allMatch(notice -> notice.isHeldBack(over))) {
                lane.forEach(notice -> owed.add(notice.cancelled(NEVER_TOLD)));
                secret = true;
                continue;
            }
            told.add(recipient.id());
            owed.addAll(takenBack(lane, recipient, issue, ending, camera, now, quiet));
        }
        if (secret && told.isEmpty()) {
            return owed;
        }
        for (Chosen room : parties.controlRoom(camera)) {
            String id = room.recipient().id();
            if (!told.contains(id) && !knowing.contains(id)) {
                Message message = text.ended(room.recipient().language(), issue, ending, camera);
                room.recipient()
                        .channelsByKey()
                        .forEach(
                                (key, channel) ->
                                        owed.add(
                                                issues.of(
                                                        new Address(room, key, channel),
                                                        RECOVERED,
                                                        CREATED,
                                                        issue,
                                                        camera,
                                                        message,
                                                        now)));
            }
        }
        return owed;
    }

    /** Its reader knew of an earlier fault, whose end is owed. */
    private static boolean wasOnlyReminded(List<Notice> lane) {
        return lane.stream().allMatch(one -> one.notification().event() == REMINDER);
    }

    /** The kind of fault whose end it is. */
    public static IssueKind kindOf(Notice end) {
        return Rows.read(end.content(), IssueNotices.Content.class).issue().kind();
    }

    /**
     * An end that was held, and the fault was there again before it was told: told now that it is
     * over after all.
     *
     * @param last the issue of the camera that ended last
     */
    public Notice endedAfterAll(
            Notice held, Issue last, Ending ending, Camera camera, Parties parties, Instant now) {
        Issue first = Rows.read(held.content(), IssueNotices.Content.class).issue();
        Instant at = last.resolvedAt() == null ? now : last.resolvedAt();
        Issue whole = first.closed(ending, at, last.endedSeq(), last.timeline().getLast());
        return parties.find(held.notification().recipientId())
                .map(
                        who -> {
                            Message message = text.ended(who.language(), whole, ending, camera);
                            return held.retold(
                                    message.body(),
                                    message.content(new IssueNotices.Content(whole, camera)));
                        })
                .orElse(held);
    }

    /** Is an end that was told being sent at this moment? */
    public boolean ending(Collection<Notice> soFar) {
        return soFar.stream()
                .anyMatch(
                        one ->
                                one.notification().event() == RECOVERED
                                        && one.isUnsent()
                                        && one.isTaken());
    }

    /**
     * The end was told too soon: whom that did not reach yet still knows of the fault, all others
     * are told of it anew.
     *
     * @param soFar its notices, as stored, none of its end being sent
     * @param elsewhere its outage goes on and tells of it: who was never told of it alone is not
     */
    public List<Notice> reopened(
            Issue issue,
            Camera camera,
            Parties parties,
            Collection<Notice> soFar,
            boolean elsewhere,
            Instant now) {
        return reopenings.owed(issue, camera, parties, soFar, elsewhere, now);
    }

    private List<Notice> takenBack(
            List<Notice> lane,
            Recipient recipient,
            Issue issue,
            Ending ending,
            Camera camera,
            Instant now,
            @Nullable Instant quiet) {
        List<Notice> owed = new ArrayList<>();
        // what is being sent at this moment may arrive: it is left, and its recovery waits for it
        boolean arrives = lane.stream().anyMatch(notice -> !notice.isUnsent() || notice.isTaken());
        boolean doubt = lane.stream().anyMatch(Notice::inDoubt);
        lane.stream()
                .filter(notice -> notice.isUnsent() && !notice.isTaken())
                .forEach(notice -> owed.add(notice.cancelled(OVER)));
        Address address = IssueNotices.address(lane.getFirst(), recipient);
        boolean cancel = !arrives && !doubt && unsentOpened == UnsentOpened.CANCEL;
        Message message =
                arrives
                        ? text.ended(recipient.language(), issue, ending, camera)
                        : text.both(recipient.language(), issue, ending, camera);
        owed.add(
                issues.of(
                        address,
                        RECOVERED,
                        cancel ? CANCELLED : CREATED,
                        issue,
                        camera,
                        message,
                        now,
                        quiet(Holds.NONE, quiet, address.channel())));
        return owed;
    }
}
