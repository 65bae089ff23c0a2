package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.Ending;
import cctvout.issue.Issue;
import cctvout.issue.IssueDecision;
import cctvout.issue.IssueKind;
import cctvout.issue.IssueRules;
import cctvout.issue.IssueStatus;
import cctvout.issue.TimelineEntry;
import cctvout.issue.TimelineEntry.Step;
import cctvout.log.LogEntry;
import cctvout.notification.Holds;
import cctvout.notification.Holds.Reason;
import cctvout.notification.Notice;
import cctvout.notification.NoticeLog;
import cctvout.notification.Obligations;
import cctvout.notification.OutageObligations;
import cctvout.outage.CauseKey;
import cctvout.outage.Outage;
import cctvout.outage.OutageSettings;
import cctvout.policy.Plan;
import cctvout.recipient.Parties;
import cctvout.rows.Rows;
import cctvout.status.StatusTransition;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * One batch of transitions, worked off in memory: what was read goes in, what is to be written
 * comes out. A transition that was handled before changes nothing.
 */
final class AlertingRound implements OutageRound.Out {

    private final IssueRules rules;
    private final Obligations obligations;
    private final Parties parties;
    private final PolicyRound policy;
    private final MaintenanceHolds work;
    private final HeldEnds ends = new HeldEnds();
    private final Map<CameraId, Camera> cameras;
    private final Supplier<String> newId;
    private final Instant now;

    private final Map<CameraId, Issue> latest = new HashMap<>();
    private final Map<String, Map<String, Notice>> noticesBySubject = new HashMap<>();
    private final Map<String, Issue> changedIssues = new LinkedHashMap<>();
    private final Map<String, Notice> changedNotices = new LinkedHashMap<>();
    private final List<LogEntry.Draft> drafts = new ArrayList<>();

    private final OutageRound outages;

    /**
     * @param latest each camera's latest issue
     * @param notices of those, of the issues that the facts name, and of open outages
     */
    AlertingRound(
            IssueRules rules,
            Obligations obligations,
            OutageSettings outageSettings,
            OutageObligations outageObligations,
            OutageFacts facts,
            Parties parties,
            PolicyRound policy,
            MaintenanceHolds work,
            Map<CameraId, Camera> cameras,
            Collection<Issue> latest,
            Collection<Notice> notices,
            Supplier<String> newId,
            Instant now) {
        this.rules = rules;
        this.obligations = obligations;
        this.parties = parties;
        this.policy = policy;
        this.work = work;
        this.cameras = cameras;
        this.newId = newId;
        this.now = now;
        latest.forEach(issue -> this.latest.put(issue.cameraId(), issue));
        notices.forEach(this::keep);
        this.outages =
                new OutageRound(
                        outageSettings,
                        outageObligations,
                        parties,
                        work,
                        this::camera,
                        facts,
                        newId,
                        now,
                        this);
    }

    /** The whole of a batch, in its order. */
    void applyAll(List<StatusTransition> batch) {
        batch.forEach(this::apply);
        outages.settle();
    }

    /** Cameras that are DEGRADED since then, and have been for a while. */
    void stillDegraded(List<StatusTransition> since) {
        for (StatusTransition transition : since) {
            Issue issue = latest.get(transition.cameraId());
            policy.seen(transition);
            boolean known =
                    issue != null
                            && (!issue.status().isOver() || issue.openedSeq() >= transition.seq());
            if (!known && policy.degradedOpens(transition, camera(transition.cameraId()))) {
                open(new IssueDecision.Open(IssueKind.DEGRADED, transition.reason()), transition);
            }
        }
        outages.settle();
    }

    private void apply(StatusTransition transition) {
        policy.seen(transition);
        Issue issue = latest.get(transition.cameraId());
        if (issue != null && handledUpTo(issue) >= transition.seq()) {
            return;
        }
        Issue unresolved = issue == null || issue.status().isOver() ? null : issue;
        if (issue != null && unresolved == null && issue.endedSeq() == null) {
            noteEnd(issue, transition);
        }
        boolean degradedOpens = policy.degradedOpens(transition, camera(transition.cameraId()));
        switch (rules.decide(transition, unresolved, degradedOpens)) {
            case IssueDecision.Open open -> open(open, transition);
            case IssueDecision.Close close -> close(unresolved, close, transition);
            case IssueDecision.Replace(var close, var open) -> {
                close(unresolved, close, transition);
                open(open, transition);
            }
            case IssueDecision.Nothing _ -> {}
        }
    }

    private static long handledUpTo(Issue issue) {
        return issue.endedSeq() == null ? issue.openedSeq() : issue.endedSeq();
    }

    private void open(IssueDecision.Open open, StatusTransition transition) {
        String cause = CauseKey.of(open.kind(), camera(transition.cameraId()));
        Issue issue = Issue.open(newId.get(), open.kind(), transition, cause, now);
        changed(issue);
        outages.opened(issue);
    }

    @Override
    public void toldAlone(Issue issue, @Nullable Instant held) {
        boolean told = notices(issue.id()).stream().anyMatch(one -> !one.isCancelled());
        Camera camera = camera(issue.cameraId());
        Plan plan = plan(issue.kind(), camera);
        Holds shared = Holds.of(Reason.SHARED_CAUSE, held);
        Holds holds = work.of(List.of(camera), shared);
        if (!told) {
            holds.of(Reason.MAINTENANCE).ifPresent(window -> underWork(issue, window));
            Set<String> knowing = failedAgain(issue);
            obligations.opened(issue, camera, plan, now, shared).stream()
                    .filter(notice -> !knowing.contains(notice.lane()))
                    .forEach(notice -> owed(work.fresh(notice, List.of(camera))));
        }
        policy.told(issue, plan, holds.until());
    }

    private void underWork(Issue issue, Holds.Hold window) {
        changed(
                issue.underWork(
                        new TimelineEntry(
                                now, TimelineEntry.SYSTEM, Step.MAINTENANCE, work.name(window))));
    }

    /** Lanes that know of it from before: its end was not told, and is not now. */
    private Set<String> failedAgain(Issue issue) {
        Set<String> knowing = new HashSet<>();
        for (Notice end : ends.failedAgain(issue.cameraId(), issue.kind(), now)) {
            knowing.add(end.lane());
            owed(HeldEnds.suspended(end, issue.id(), now));
        }
        return knowing;
    }

    /** Who hears of the end of what this went on with. */
    private Set<String> overForGood(Issue issue, Ending ending, Camera camera) {
        Set<String> knowing = new HashSet<>();
        for (Notice end : ends.owedWith(issue.cameraId(), issue.id())) {
            Holds others =
                    end.notification()
                            .holds()
                            .without(Reason.FAILED_AGAIN)
                            .without(Reason.MAINTENANCE);
            Holds holds = ending.byHand() ? others : work.of(List.of(camera), others);
            owed(
                    obligations
                            .endedAfterAll(end, issue, ending, camera, parties, now)
                            .held(holds, now));
            knowing.add(end.notification().recipientId());
        }
        return knowing;
    }

    @Override
    public Plan plan(IssueKind kind, Camera camera) {
        return policy.plan(kind, camera);
    }

    @Override
    public @Nullable Instant quietUntil(IssueKind kind, Camera camera) {
        return policy.quietUntil(kind, camera);
    }

    @Override
    public void toldAsOne(Outage outage, List<Camera> joined, List<Notice> owed, Instant at) {
        policy.told(outage, joined, owed, at);
    }

    @Override
    public void over(Outage outage) {
        policy.over(outage.id());
    }

    @Override
    public void toldNoMore(Issue issue) {
        policy.over(issue.id());
        obligations.joined(notices(issue.id())).forEach(this::owed);
    }

    @Override
    public List<Notice> notices(String subject) {
        return List.copyOf(noticesBySubject.getOrDefault(subject, Map.of()).values());
    }

    private void close(
            @Nullable Issue issue, IssueDecision.Close close, StatusTransition transition) {
        if (issue == null) {
            return;
        }
        boolean cancelled = close.ending().status() == IssueStatus.CANCELLED;
        TimelineEntry entry =
                new TimelineEntry(
                        now,
                        TimelineEntry.SYSTEM,
                        cancelled ? Step.CANCELLED : Step.RESOLVED,
                        close.reason());
        ended(
                issue.closed(close.ending(), transition.occurredAt(), transition.seq(), entry),
                close.ending());
    }

    /** A person has closed it. */
    void closedByHand(Issue issue, Ending ending) {
        ended(issue, ending);
        outages.settle();
    }

    /** Those told waited for a probe's word on what a person had closed, and hear of it now. */
    void endTold(Issue issue) {
        endedBefore(issue);
        outages.settle();
    }

    private void endedBefore(Issue issue) {
        changed(issue);
        outages.closedBefore(issue);
        tellEnd(issue, Ending.RESOLVED_BY_HAND);
    }

    /**
     * It was closed by hand, and is still bad. Nobody was told of its end, or those who were are
     * told anew. False where such a notice is being sent at this moment: nothing changes, ask
     * again.
     *
     * @param wasTold of its end
     */
    boolean reopened(Issue issue, boolean wasTold) {
        if (wasTold && obligations.ending(notices(issue.id()))) {
            return false;
        }
        changed(issue);
        boolean inOutage = outages.returned(issue);
        if (wasTold) {
            obligations
                    .reopened(
                            issue,
                            camera(issue.cameraId()),
                            parties,
                            notices(issue.id()),
                            inOutage,
                            now)
                    .forEach(notice -> owed(work.fresh(notice, List.of(camera(issue.cameraId())))));
        }
        if (!inOutage) {
            toldAlone(issue, null);
        }
        return true;
    }

    /** What follows for those who were told. */
    private void ended(Issue issue, Ending ending) {
        if (outages.takeBack(issue)) {
            toldAlone(issue, null);
        }
        changed(issue);
        policy.over(issue.id());
        outages.closed(issue);
        tellEnd(issue, ending);
    }

    private void tellEnd(Issue issue, Ending ending) {
        List<Notice> soFar = notices(issue.id());
        List<Notice> untold = issue.outageId() != null ? obligations.untold(soFar) : null;
        Camera camera = camera(issue.cameraId());
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
                                quietUntil(issue.kind(), camera),
                                knowing);
        // what a person says is told at once: somebody may be on the way
        owed.forEach(one -> owed(ending.byHand() ? one : work.fresh(one, List.of(camera))));
    }

    private void noteEnd(Issue issue, StatusTransition transition) {
        Issue after =
                issue.faultEnded(
                        transition.seq(),
                        new TimelineEntry(
                                now,
                                TimelineEntry.SYSTEM,
                                Step.FAULT_ENDED,
                                "became " + transition.to()));
        if (issue.isEndUntold()) {
            endedBefore(after);
        } else {
            changed(after);
        }
    }

    @Override
    public void changed(Issue issue) {
        if (PolicyRound.takenUp(latest.get(issue.cameraId()), issue)) {
            takenUp(issue.id());
            if (issue.outageId() != null) {
                takenUp(issue.outageId());
            }
        }
        latest.put(issue.cameraId(), issue);
        changedIssues.put(issue.id(), issue);
        drafts.add(
                new LogEntry.Draft(
                        LogEntry.ISSUE,
                        issue.id(),
                        issue.cameraId().value(),
                        Rows.json(issue),
                        now));
    }

    /** Somebody works on it: who was told is left in peace until it is over. */
    private void takenUp(String subject) {
        policy.over(subject);
        obligations.takenUp(notices(subject)).forEach(this::owed);
    }

    @Override
    public void owed(Notice notice) {
        keep(notice);
        changedNotices.put(notice.id(), notice);
        drafts.add(NoticeLog.entry(notice, now));
    }

    private void keep(Notice notice) {
        ends.keep(notice);
        String subject = notice.subject();
        if (subject != null) {
            noticesBySubject
                    .computeIfAbsent(subject, _ -> new LinkedHashMap<>())
                    .put(notice.id(), notice);
        }
    }

    /** One that left no trace in the registry still has its name. */
    private Camera camera(CameraId id) {
        Camera known = cameras.get(id);
        return known != null
                ? known
                : new Camera(
                        id,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        true,
                        null,
                        Camera.Probes.BOTH,
                        0);
    }

    /** In the order of their first change: what is closed before what is opened. */
    Collection<Issue> issues() {
        return changedIssues.values();
    }

    Collection<Outage> outages() {
        return outages.outages();
    }

    Collection<Notice> notices() {
        return changedNotices.values();
    }

    PolicyRound policy() {
        return policy;
    }

    List<LogEntry.Draft> drafts() {
        return drafts;
    }
}
