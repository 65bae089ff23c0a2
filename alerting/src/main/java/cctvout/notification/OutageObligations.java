package cctvout.notification;

import static cctvout.notification.NotificationEvent.OPENED;
import static cctvout.notification.NotificationEvent.RECOVERED;
import static cctvout.notification.NotificationEvent.REMINDER;
import static cctvout.notification.Obligations.NEVER_TOLD;
import static cctvout.notification.Obligations.OVER;
import static cctvout.notification.Obligations.REMOVED;
import static cctvout.notification.OutageNotices.content;
import static cctvout.notification.OutageNotices.names;

import cctvout.camera.Camera;
import cctvout.notification.Holds.Reason;
import cctvout.notification.OutageNotices.Content;
import cctvout.outage.Outage;
import cctvout.policy.Plan;
import cctvout.policy.Told;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is owed for an outage: one notice of it to each who answers for one of its cameras, and one
 * of its end to all of them and to the control room.
 */
public final class OutageObligations {

    private final UnsentOpened unsentOpened;
    private final NoticeText text;
    private final OutageNotices notices;

    public OutageObligations(UnsentOpened unsentOpened, NoticeText text, Supplier<String> newId) {
        this.unsentOpened = unsentOpened;
        this.text = text;
        this.notices = new OutageNotices(newId);
    }

    /**
     * Some joined, the first of all perhaps: who is still to be told, and what was not sent yet and
     * knows more now.
     *
     * @param joined cameras that are new in it
     * @param total cameras in it by now
     * @param plans who is told of each of them
     * @param held so that others may join
     * @param underWork those who joined are, and are told of when that is over
     */
    public List<Notice> joined(
            Outage outage,
            List<Camera> joined,
            long total,
            Function<Camera, Plan> plans,
            Parties parties,
            Collection<Notice> soFar,
            Instant now,
            Holds held,
            boolean underWork) {
        List<Notice> owed = new ArrayList<>();
        Map<String, Told> chosen = chosen(joined, plans);
        Set<String> told = new HashSet<>();
        for (Notice notice : soFar) {
            if (notice.isCancelled()) {
                continue;
            }
            String id = notice.notification().recipientId();
            told.add(id);
            boolean waits = notice.isUnsent() && !notice.isTaken();
            boolean heldBack = notice.isHeldBack(now);
            Told freed = heldBack && !underWork ? chosen.get(id) : null;
            boolean its = heldBack == underWork || freed != null;
            if (waits && its && (notice.notification().event() == OPENED || stays(notice))) {
                parties.find(id)
                        .map(who -> retold(notice, who, outage, joined, total, now))
                        .map(it -> freed == null ? it : released(it, freed, held, now))
                        .ifPresent(owed::add);
            }
        }
        chosen.keySet().removeAll(told);
        owed.addAll(
                notices.to(
                        chosen.values(),
                        OPENED,
                        language -> text.outageOpened(language, outage, names(joined), total),
                        content(outage, joined, total),
                        now,
                        held));
        return owed;
    }

    /** By recipient: each is told of it once, however many of its cameras are theirs. */
    private static Map<String, Told> chosen(List<Camera> joined, Function<Camera, Plan> plans) {
        Map<String, Told> chosen = new LinkedHashMap<>();
        for (Camera camera : joined) {
            plans.apply(camera)
                    .told()
                    .forEach(one -> chosen.putIfAbsent(one.chosen().recipient().id(), one));
        }
        return chosen;
    }

    /**
     * To those who know of an earlier outage that this one goes on with: it came back, and stays.
     *
     * @param held not before those are over
     * @param knowing lanes
     */
    public List<Notice> staying(
            Outage outage,
            List<Camera> joined,
            long total,
            Function<Camera, Plan> plans,
            Instant now,
            Holds held,
            Set<String> knowing) {
        Instant at = held.until() == null ? now : held.until();
        return notices
                .to(
                        chosen(joined, plans).values(),
                        REMINDER,
                        language -> text.outageStill(language, REMINDER, outage, total, 0, at),
                        content(outage, joined, total),
                        now,
                        held)
                .stream()
                .filter(notice -> knowing.contains(notice.lane()))
                .toList();
    }

    /**
     * More is down than those know who wait for the end of what came and went: they are told of it
     * as all others are.
     *
     * @param knowing lanes that wait for the end of the same
     */
    public List<Notice> wider(Collection<Notice> soFar, Set<String> knowing) {
        return soFar.stream()
                .filter(notice -> stays(notice) && notice.isUntried())
                .filter(notice -> !knowing.contains(notice.lane()))
                .map(notice -> notice.cancelled("told as one of more"))
                .toList();
    }

    private static boolean stays(Notice notice) {
        return notice.notification().event() == REMINDER
                && notice.notification().holds().has(Reason.FLAPPING);
    }

    /** One that nobody works on joined: it is told as others are. */
    private static Notice released(Notice notice, Told told, Holds held, Instant now) {
        Holds holds = notice.notification().holds();
        Holds others = holds.without(Reason.MAINTENANCE).without(Reason.QUIET_HOURS);
        for (Holds.Hold hold : held.all()) {
            others = others.with(hold);
        }
        RecipientChannel channel = told.channels().get(notice.channelKey());
        return notice.held(
                channel == null ? others : Obligations.quiet(others, told.heldUntil(), channel),
                now);
    }

    private Notice retold(
            Notice notice,
            Recipient who,
            Outage outage,
            List<Camera> joined,
            long total,
            Instant now) {
        Instant until = notice.notification().heldUntil();
        Message message =
                stays(notice)
                        ? text.outageStill(
                                who.language(),
                                REMINDER,
                                outage,
                                total,
                                0,
                                until == null ? now : until)
                        : text.outageOpened(who.language(), outage, names(joined), total);
        Content before = Rows.read(notice.content(), Content.class);
        return notice.retold(message.body(), message.content(before.with(outage, joined, total)));
    }

    /**
     * @param left cameras that are still down, and are told of singly from now on
     * @param some of its cameras: for the control rooms that are theirs
     * @param held so that those who are left may follow
     * @param quiet those who were told are told of the end not before; null: at once
     */
    public List<Notice> ended(
            Outage outage,
            List<Camera> left,
            List<Camera> some,
            Parties parties,
            Collection<Notice> soFar,
            Instant now,
            Holds held,
            @Nullable Instant quiet) {
        List<Notice> owed = new ArrayList<>();
        Set<String> told = new HashSet<>();
        boolean secret = false;
        Content content = content(outage, left, left.size());
        for (List<Notice> lane : ToldLanes.of(soFar)) {
            Notice first = lane.getFirst();
            Recipient who = parties.find(first.notification().recipientId()).orElse(null);
            boolean heldBack = lane.stream().allMatch(one -> one.isHeldBack(now));
            String gone = who == null ? REMOVED : heldBack ? NEVER_TOLD : OVER;
            lane.stream()
                    .filter(one -> one.isUnsent() && (who == null || !one.isTaken()))
                    .forEach(one -> owed.add(one.cancelled(gone)));
            if (who == null) {
                continue;
            }
            if (heldBack) {
                secret = true;
                continue;
            }
            told.add(who.id());
            boolean arrives =
                    lane.stream()
                            .anyMatch(one -> !one.isUnsent() || one.isTaken() || one.inDoubt());
            if (arrives || unsentOpened != UnsentOpened.CANCEL) {
                RecipientChannel channel =
                        who.channelsByKey()
                                .getOrDefault(first.channelKey(), new RecipientChannel.Inbox());
                owed.add(
                        notices.of(
                                new Chosen(who, "was told of the outage"),
                                first.channelKey(),
                                channel,
                                RECOVERED,
                                text.outageEnded(who.language(), outage, names(left)),
                                content,
                                now,
                                Obligations.quiet(held, quiet, channel)));
            }
        }
        if (secret && told.isEmpty()) {
            return owed;
        }
        parties.controlRoomsOf(some).stream()
                .filter(room -> !told.contains(room.recipient().id()))
                .forEach(room -> owed.addAll(roomTold(room, outage, left, content, now, held)));
        return owed;
    }

    /** The outage whose end it is, as it was. */
    public static Outage outageOf(Notice end) {
        return Rows.read(end.content(), Content.class).outage();
    }

    /**
     * An end that was held, and the same was down again before it was told: told now that it is
     * over after all.
     *
     * @param last the outage that ended last
     * @param left cameras that are still down, and are told of singly from now on
     */
    public Notice endedAfterAll(Notice held, Outage last, List<Camera> left, Parties parties) {
        Instant at = last.resolvedAt();
        Outage whole = at == null ? outageOf(held) : outageOf(held).resolved(at);
        return parties.find(held.notification().recipientId())
                .map(who -> text.outageEnded(who.language(), whole, names(left)))
                .map(it -> held.retold(it.body(), it.content(content(whole, left, left.size()))))
                .orElse(held);
    }

    private List<Notice> roomTold(
            Chosen room,
            Outage outage,
            List<Camera> left,
            Content content,
            Instant now,
            Holds held) {
        return notices.to(
                List.of(new Told(room, room.recipient().channelsByKey(), null)),
                RECOVERED,
                language -> text.outageEnded(language, outage, names(left)),
                content,
                now,
                held);
    }
}
