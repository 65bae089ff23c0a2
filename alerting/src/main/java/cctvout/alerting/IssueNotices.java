package cctvout.alerting;

import static cctvout.notification.NotificationEvent.RECOVERED;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.Ending;
import cctvout.issue.Issue;
import cctvout.issue.TimelineEntry;
import cctvout.issue.TimelineEntry.Step;
import cctvout.notification.Holds;
import cctvout.notification.Holds.Reason;
import cctvout.notification.LeftBehind;
import cctvout.notification.Notice;
import cctvout.notification.Obligations;
import cctvout.policy.Plan;
import cctvout.recipient.Parties;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** What one round owes to whom for issues that are told singly. */
final class IssueNotices {

    private final Obligations obligations;
    private final Parties parties;
    private final PolicyRound policy;
    private final MaintenanceHolds work;
    private final Function<CameraId, Camera> cameras;
    private final RoundRows rows;
    private final Flapping flapping;
    private final Instant now;

    IssueNotices(Obligations obligations, RoundContext round) {
        this.obligations = obligations;
        this.parties = round.parties();
        this.policy = round.policy();
        this.work = round.work();
        this.cameras = round.cameras();
        this.rows = round.rows();
        this.flapping = round.flapping();
        this.now = round.now();
    }

    private Camera camera(Issue issue) {
        return cameras.apply(issue.cameraId());
    }

    /**
     * @param held so that others may join; null: due at once
     */
    void opened(Issue issue, @Nullable Instant held) {
        boolean told = rows.noticesOf(issue.id()).stream().anyMatch(one -> !one.isCancelled());
        Camera camera = camera(issue);
        Holds shared = Holds.of(Reason.SHARED_CAUSE, held);
        Holds holds = work.of(List.of(camera), shared);
        @Nullable Instant until = holds.until();
        Plan plan = policy.plan(issue.kind(), camera, until == null ? now : until);
        if (!told) {
            Issue counted = flapping.counted(issue);
            if (counted.version() != issue.version()) {
                rows.put(counted);
            }
            holds.of(Reason.MAINTENANCE).ifPresent(window -> underWork(counted, window));
            firstTold(counted, camera, plan, shared);
        }
        policy.told(issue, plan, until);
    }

    private void firstTold(Issue issue, Camera camera, Plan plan, Holds shared) {
        Set<String> knowing = failedAgain(issue);
        Set<String> heard =
                HeldEnds.heardOfFlapping(rows.ends().owedWith(issue.cameraId(), issue.id()));
        knowing.addAll(heard);
        Set<String> waiting = issue.isFlapping() ? knowing : heard;
        List<Notice> owed = new ArrayList<>();
        for (Notice notice : obligations.opened(issue, camera, plan, now, shared)) {
            if (!knowing.contains(notice.lane())) {
                owed.add(notice);
            }
        }
        if (!waiting.isEmpty()) {
            Holds calm = flapping.calm(Holds.NONE);
            Plan then = policy.plan(issue.kind(), camera, work.due(List.of(camera), calm));
            owed.addAll(obligations.staying(issue, camera, then, now, calm, waiting));
        }
        owed.forEach(notice -> rows.put(work.fresh(notice, List.of(camera))));
    }

    private void underWork(Issue issue, Holds.Hold window) {
        rows.put(
                issue.marked(
                        new TimelineEntry(
                                now, TimelineEntry.SYSTEM, Step.MAINTENANCE, work.name(window))));
    }

    /** Lanes that know of it from before: its end was not told, and is not now. */
    private Set<String> failedAgain(Issue issue) {
        Set<String> knowing = new HashSet<>();
        for (Notice end : rows.ends().failedAgain(issue.cameraId(), issue.kind(), now)) {
            knowing.add(end.lane());
            rows.put(HeldEnds.suspended(end, issue.id(), now));
        }
        return knowing;
    }

    /** What waits to be told of it alone is not owed any more. */
    void toldWithOthers(Issue issue) {
        policy.over(issue.id());
        failedAgain(issue);
        obligations.joined(rows.noticesOf(issue.id())).forEach(rows::put);
    }

    /** Somebody works on it: who was told is left in peace until it is over. */
    void takenUp(String subject) {
        policy.over(subject);
        obligations.takenUp(rows.noticesOf(subject)).forEach(rows::put);
    }

    void ended(Issue issue, Ending ending) {
        List<Notice> soFar = rows.noticesOf(issue.id());
        List<Notice> untold = issue.outageId() != null ? obligations.untold(soFar) : null;
        Camera camera = camera(issue);
        Set<String> knowing = overForGood(issue, ending, camera);
        List<Notice> owed =
                untold != null
                        ? untold
                        : obligations.ended(
                                issue,
                                ending,
                                camera,
                                parties,
                                soFar,
                                now,
                                quiet(issue, ending, camera),
                                knowing);
        List<Notice> all = new ArrayList<>(owed);
        all.addAll(leftBehind(issue, ending, owed, knowing));
        // what a person says is told at once: somebody may be on the way
        all.forEach(
                one ->
                        rows.put(
                                ending.byHand()
                                        ? one
                                        : work.fresh(
                                                issue.isFlapping()
                                                        ? flapping.calm(one, soFar)
                                                        : one,
                                                List.of(camera))));
    }

    /**
     * Who reads in the end of its outage that it is still down reads once that it is not.
     *
     * @param owed to whom its end is told anyway
     * @param knowing recipients who hear of the end of an earlier fault
     */
    private List<Notice> leftBehind(
            Issue issue, Ending ending, List<Notice> owed, Set<String> knowing) {
        Camera camera = camera(issue);
        LeftBehind leftBehind = obligations.leftBehind();
        Set<String> hearing = new HashSet<>();
        owed.stream()
                .filter(one -> one.notification().event() == RECOVERED && !one.isCancelled())
                .forEach(one -> hearing.add(one.lane()));
        List<Notice> more = new ArrayList<>();
        for (Notice end : rows.ends().naming(issue)) {
            String reader = end.notification().recipientId();
            if (LeftBehind.isUnread(end)) {
                rows.put(leftBehind.without(issue.cameraId(), end, cameras, parties, now));
            } else if (end.notification().outageId() != null
                    && end.notification().outageId().equals(issue.outageId())
                    && !knowing.contains(reader)
                    && hearing.add(end.lane())) {
                @Nullable Instant quiet = wasTold(end) ? quiet(issue, ending, camera) : null;
                parties.find(reader)
                        .map(who -> leftBehind.ended(end, who, issue, ending, camera, now, quiet))
                        .ifPresent(more::add);
            }
        }
        return more;
    }

    /** Its reader was told of the outage, and did not only hear of its end. */
    private boolean wasTold(Notice end) {
        return rows.noticesOf(Objects.requireNonNull(end.subject())).stream()
                .anyMatch(
                        one ->
                                one.lane().equals(end.lane())
                                        && one.notification().event() != RECOVERED);
    }

    /** Those who were told are told of its end not before; null: at once. */
    private @Nullable Instant quiet(Issue issue, Ending ending, Camera camera) {
        Instant told = ending.byHand() ? now : work.due(List.of(camera), Holds.NONE);
        return policy.quietUntil(issue.kind(), camera, told);
    }

    /** Who hears of the end of what this went on with. */
    private Set<String> overForGood(Issue issue, Ending ending, Camera camera) {
        Set<String> knowing = new HashSet<>();
        for (Notice end : rows.ends().owedWith(issue.cameraId(), issue.id())) {
            Holds holds = atLast(end, issue, ending, camera);
            rows.put(
                    obligations
                            .endedAfterAll(end, issue, ending, camera, parties, now)
                            .held(holds, now));
            knowing.add(end.notification().recipientId());
        }
        return knowing;
    }

    private Holds atLast(Notice end, Issue issue, Ending ending, Camera camera) {
        List<Camera> its = List.of(camera);
        if (ending.byHand()) {
            return policy.quietAnew(HeldEnds.atLast(end), issue.kind(), camera, now);
        }
        Holds others = flapping.atLast(end, issue.isFlapping());
        Instant due = work.due(its, others.without(Reason.QUIET_HOURS));
        return work.of(its, policy.quietAnew(others, issue.kind(), camera, due));
    }

    /** Who was told of its end is being told at this moment: ask again. */
    boolean isEndOnItsWay(Issue issue) {
        return obligations.ending(rows.noticesOf(issue.id()));
    }

    /** Those who were told of its end hear that it is not over. */
    void reopened(Issue issue, boolean inOutage) {
        Camera camera = camera(issue);
        obligations
                .reopened(issue, camera, parties, rows.noticesOf(issue.id()), inOutage, now)
                .forEach(notice -> rows.put(work.fresh(notice, List.of(camera))));
    }
}
