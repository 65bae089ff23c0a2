package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.Ending;
import cctvout.issue.Issue;
import cctvout.issue.IssueDecision;
import cctvout.issue.IssueRules;
import cctvout.issue.IssueStatus;
import cctvout.issue.TimelineEntry;
import cctvout.issue.TimelineEntry.Step;
import cctvout.log.LogEntry;
import cctvout.notification.Notice;
import cctvout.notification.NoticeLog;
import cctvout.notification.Obligations;
import cctvout.recipient.Parties;
import cctvout.rows.Rows;
import cctvout.status.StatusTransition;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * One batch of transitions, worked off in memory: what was read goes in, what is to be written
 * comes out. A transition that was handled before changes nothing.
 */
final class AlertingRound {

    private final IssueRules rules;
    private final Obligations obligations;
    private final Parties parties;
    private final Map<CameraId, Camera> cameras;
    private final Supplier<String> newId;
    private final Instant now;

    private final Map<CameraId, Issue> latest = new HashMap<>();
    private final Map<String, Map<String, Notice>> noticesByIssue = new HashMap<>();
    private final Map<String, Issue> changedIssues = new LinkedHashMap<>();
    private final Map<String, Notice> changedNotices = new LinkedHashMap<>();
    private final List<LogEntry.Draft> drafts = new ArrayList<>();

    /**
     * @param latest each camera's latest issue
     * @param notices of those
     */
    AlertingRound(
            IssueRules rules,
            Obligations obligations,
            Parties parties,
            Map<CameraId, Camera> cameras,
            Collection<Issue> latest,
            Collection<Notice> notices,
            Supplier<String> newId,
            Instant now) {
        this.rules = rules;
        this.obligations = obligations;
        this.parties = parties;
        this.cameras = cameras;
        this.newId = newId;
        this.now = now;
        latest.forEach(issue -> this.latest.put(issue.cameraId(), issue));
        notices.forEach(this::keep);
    }

    void apply(StatusTransition transition) {
        Issue issue = latest.get(transition.cameraId());
        if (issue != null && handledUpTo(issue) >= transition.seq()) {
            return;
        }
        Issue unresolved = issue == null || issue.status().isOver() ? null : issue;
        if (issue != null && unresolved == null && issue.endedSeq() == null) {
            noteEnd(issue, transition);
        }
        switch (rules.decide(transition, unresolved)) {
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
        Issue issue = Issue.open(newId.get(), open.kind(), transition, now);
        changed(issue);
        obligations.opened(issue, camera(issue.cameraId()), parties, now).forEach(this::owed);
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

    /** A person has closed it: what follows for those who were told. */
    void ended(Issue issue, Ending ending) {
        changed(issue);
        Collection<Notice> soFar =
                List.copyOf(noticesByIssue.getOrDefault(issue.id(), Map.of()).values());
        obligations
                .ended(issue, ending, camera(issue.cameraId()), parties, soFar, now)
                .forEach(this::owed);
    }

    private void noteEnd(Issue issue, StatusTransition transition) {
        changed(
                issue.faultEnded(
                        transition.seq(),
                        new TimelineEntry(
                                now,
                                TimelineEntry.SYSTEM,
                                Step.FAULT_ENDED,
                                "became " + transition.to())));
    }

    void changed(Issue issue) {
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

    private void owed(Notice notice) {
        keep(notice);
        changedNotices.put(notice.id(), notice);
        drafts.add(NoticeLog.entry(notice, now));
    }

    private void keep(Notice notice) {
        String issueId = notice.notification().issueId();
        if (issueId != null) {
            noticesByIssue
                    .computeIfAbsent(issueId, _ -> new LinkedHashMap<>())
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

    Collection<Notice> notices() {
        return changedNotices.values();
    }

    List<LogEntry.Draft> drafts() {
        return drafts;
    }
}
