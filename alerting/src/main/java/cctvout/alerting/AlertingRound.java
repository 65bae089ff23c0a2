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
import cctvout.notification.Notice;
import cctvout.outage.CauseKey;
import cctvout.outage.Outage;
import cctvout.status.StatusTransition;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One batch of transitions, worked off in memory: what was read goes in, what is to be written
 * comes out. A transition that was handled before changes nothing.
 */
final class AlertingRound implements OutageRound.Out {

    private final IssueRules rules;
    private final PolicyRound policy;
    private final Function<CameraId, Camera> cameras;
    private final RoundRows rows;
    private final IssueNotices notices;
    private final OutageRound outages;
    private final Supplier<String> newId;
    private final Instant now;

    /**
     * @param rows with each camera's latest issue
     * @param outages what makes the round of outages around this one
     */
    AlertingRound(
            IssueRules rules,
            PolicyRound policy,
            Function<CameraId, Camera> cameras,
            RoundRows rows,
            IssueNotices notices,
            Function<OutageRound.Out, OutageRound> outages,
            Supplier<String> newId,
            Instant now) {
        this.rules = rules;
        this.policy = policy;
        this.cameras = cameras;
        this.rows = rows;
        this.notices = notices;
        this.newId = newId;
        this.now = now;
        this.outages = outages.apply(this);
    }

    /** The whole of a batch, in its order. */
    void applyAll(List<StatusTransition> batch) {
        batch.forEach(this::apply);
        outages.settle();
    }

    /** Cameras that are DEGRADED since then, and have been for a while. */
    void stillDegraded(List<StatusTransition> since) {
        for (StatusTransition transition : since) {
            Issue issue = rows.latest(transition.cameraId());
            policy.seen(transition);
            boolean known =
                    issue != null
                            && (!issue.status().isOver() || issue.openedSeq() >= transition.seq());
            if (!known && degradedOpens(transition)) {
                open(new IssueDecision.Open(IssueKind.DEGRADED, transition.reason()), transition);
            }
        }
        outages.settle();
    }

    private void apply(StatusTransition transition) {
        policy.seen(transition);
        Issue issue = rows.latest(transition.cameraId());
        if (issue != null && handledUpTo(issue) >= transition.seq()) {
            return;
        }
        Issue unresolved = issue == null || issue.status().isOver() ? null : issue;
        if (issue != null && unresolved == null && issue.endedSeq() == null) {
            noteEnd(issue, transition);
        }
        switch (rules.decide(transition, unresolved, degradedOpens(transition))) {
            case IssueDecision.Open open -> open(open, transition);
            case IssueDecision.Close close -> close(unresolved, close, transition);
            case IssueDecision.Replace(var close, var open) -> {
                close(unresolved, close, transition);
                open(open, transition);
            }
            case IssueDecision.Nothing _ -> {}
        }
    }

    private boolean degradedOpens(StatusTransition transition) {
        return policy.degradedOpens(transition, cameras.apply(transition.cameraId()));
    }

    private static long handledUpTo(Issue issue) {
        return issue.endedSeq() == null ? issue.openedSeq() : issue.endedSeq();
    }

    private void open(IssueDecision.Open open, StatusTransition transition) {
        String cause = CauseKey.of(open.kind(), cameras.apply(transition.cameraId()));
        Issue issue = Issue.open(newId.get(), open.kind(), transition, cause, now);
        changed(issue);
        outages.opened(issue);
    }

    private void close(
            @Nullable Issue issue, IssueDecision.Close close, StatusTransition transition) {
        if (issue == null) {
            return;
        }
        outages.ending(issue);
        Issue before = Objects.requireNonNull(rows.latest(issue.cameraId()));
        boolean cancelled = close.ending().status() == IssueStatus.CANCELLED;
        TimelineEntry entry = entry(cancelled ? Step.CANCELLED : Step.RESOLVED, close.reason());
        ended(
                before.closed(close.ending(), transition.occurredAt(), transition.seq(), entry),
                close.ending());
    }

    private void noteEnd(Issue issue, StatusTransition transition) {
        Issue after =
                issue.faultEnded(
                        transition.seq(), entry(Step.FAULT_ENDED, "became " + transition.to()));
        if (issue.isEndUntold()) {
            endedBefore(after);
        } else {
            changed(after);
        }
    }

    private TimelineEntry entry(Step step, String text) {
        return new TimelineEntry(now, TimelineEntry.SYSTEM, step, text);
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
        notices.ended(issue, Ending.RESOLVED_BY_HAND);
    }

    /** What follows for those who were told. */
    private void ended(Issue issue, Ending ending) {
        changed(issue);
        policy.over(issue.id());
        outages.closed(issue);
        notices.ended(issue, ending);
    }

    /**
     * It was closed by hand, and is still bad. Nobody was told of its end, or those who were are
     * told anew. False where such a notice is being sent at this moment: nothing changes, ask
     * again.
     *
     * @param wasTold of its end
     */
    boolean reopened(Issue issue, boolean wasTold) {
        if (wasTold && notices.isEndOnItsWay(issue)) {
            return false;
        }
        changed(issue);
        boolean inOutage = outages.returned(issue);
        if (wasTold) {
            notices.reopened(issue, inOutage);
        }
        if (!inOutage) {
            toldAlone(issue, null);
        }
        return true;
    }

    @Override
    public void changed(Issue issue) {
        if (PolicyRound.takenUp(rows.latest(issue.cameraId()), issue)) {
            notices.takenUp(issue.id());
            if (issue.outageId() != null) {
                notices.takenUp(issue.outageId());
            }
        }
        rows.put(issue);
    }

    @Override
    public Issue toldAlone(Issue issue, @Nullable Instant held) {
        notices.opened(issue, held);
        return Objects.requireNonNull(rows.latest(issue.cameraId()));
    }

    @Override
    public void toldWithOthers(Issue issue) {
        notices.toldWithOthers(issue);
    }

    Collection<Issue> issues() {
        return rows.issues();
    }

    Collection<Outage> outages() {
        return outages.outages();
    }

    Collection<Notice> notices() {
        return rows.notices();
    }

    PolicyRound policy() {
        return policy;
    }

    List<LogEntry.Draft> drafts() {
        return rows.drafts();
    }
}
