package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.log.LogEntry;
import cctvout.notification.FollowUpNotices;
import cctvout.notification.Holds;
import cctvout.notification.Notice;
import cctvout.notification.NoticeLog;
import cctvout.outage.OpenOutage;
import cctvout.policy.EscalationStep;
import cctvout.policy.Fault;
import cctvout.policy.FollowUp;
import cctvout.policy.Policies;
import cctvout.policy.Policy;
import cctvout.policy.Told;
import cctvout.recipient.Parties;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is due of faults that nobody took up, worked off in memory: who was told is told again, and
 * others are told as well.
 */
final class FollowUpRound {

    private final Map<String, OpenOutage> outages = new HashMap<>();
    private final Map<CameraId, Issue> issues = new HashMap<>();
    private final Map<CameraId, Camera> cameras;
    private final Map<String, List<Notice>> soFar = new HashMap<>();
    private final List<FollowUp> rows;
    private final Policies policies;
    private final Parties parties;
    private final MaintenanceHolds work;
    private final Instant now;

    private final List<Notice> owed = new ArrayList<>();
    private final List<FollowUp> ended = new ArrayList<>();
    private final List<FollowUp> moved = new ArrayList<>();

    /**
     * @param issues the latest of the rows' cameras
     * @param notices of all the rows' issues and outages
     */
    FollowUpRound(
            List<FollowUp> rows,
            List<OpenOutage> open,
            List<Issue> issues,
            Map<CameraId, Camera> cameras,
            List<Notice> notices,
            Policies policies,
            Parties parties,
            MaintenanceHolds work,
            Instant now) {
        this.rows = rows;
        this.cameras = cameras;
        this.policies = policies;
        this.parties = parties;
        this.work = work;
        this.now = now;
        open.forEach(one -> outages.put(one.outage().id(), one));
        issues.forEach(issue -> this.issues.put(issue.cameraId(), issue));
        notices.forEach(
                notice ->
                        soFar.computeIfAbsent(
                                        String.valueOf(notice.subject()), _ -> new ArrayList<>())
                                .add(notice));
    }

    void apply(FollowUpNotices notices) {
        rows.forEach(row -> apply(row, notices));
    }

    private void apply(FollowUp row, FollowUpNotices notices) {
        Policy policy = policies.find(row.policyId()).filter(Policy::enabled).orElse(null);
        Camera camera = cameras.get(row.cameraId());
        FollowUpNotices.About about = camera == null ? null : about(row, camera);
        if (policy == null || camera == null || about == null) {
            ended.add(row);
            return;
        }
        Fault fault = new Fault(camera, row.kind(), row.severity());
        FollowUp.Due due = row.due(policy, fault, now);
        Instant quiet = policies.holds(fault, work.due(List.of(camera), Holds.NONE));
        List<Notice> before = soFar.getOrDefault(row.subject().id(), List.of());
        if (due.remind()) {
            owe(notices.reminders(about, row.told(), before, parties, now, quiet), camera);
        }
        Set<String> lanes = new HashSet<>();
        for (EscalationStep step : due.steps()) {
            List<Told> told = Policies.escalated(step, policy, fault, parties);
            owe(notices.escalations(about, told, lanes, now, quiet), camera);
        }
        FollowUp next = due.next();
        if (next == null) {
            ended.add(row);
        } else {
            moved.add(next);
        }
    }

    private void owe(List<Notice> fresh, Camera camera) {
        fresh.forEach(notice -> owed.add(work.fresh(notice, List.of(camera))));
    }

    /** Null where it is over, somebody took it up, or it is told as one of an outage. */
    private FollowUpNotices.@Nullable About about(FollowUp row, Camera camera) {
        String subject = row.subject().id();
        if (row.subject().isOutage()) {
            OpenOutage open = outages.get(subject);
            return open == null
                    ? null
                    : new FollowUpNotices.OfOutage(open.outage(), open.unresolved(), open.taken());
        }
        Issue issue = issues.get(row.cameraId());
        return issue != null && waits(issue, subject)
                ? new FollowUpNotices.OfIssue(issue, camera)
                : null;
    }

    private boolean waits(Issue issue, String id) {
        return issue.id().equals(id)
                && PolicyRound.isNobodys(issue)
                && (issue.outageId() == null || !outages.containsKey(issue.outageId()));
    }

    Collection<Notice> notices() {
        return owed;
    }

    int size() {
        return rows.size();
    }

    List<FollowUp> ended() {
        return ended;
    }

    List<FollowUp> moved() {
        return moved;
    }

    List<LogEntry.Draft> drafts() {
        return owed.stream().map(notice -> NoticeLog.entry(notice, now)).toList();
    }
}
