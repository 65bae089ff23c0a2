package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.Issue;
import cctvout.issue.IssueKind;
import cctvout.issue.IssueStatus;
import cctvout.notification.Holds;
import cctvout.notification.Holds.Hold;
import cctvout.notification.Holds.Reason;
import cctvout.notification.Notice;
import cctvout.outage.Outage;
import cctvout.policy.DegradedRule;
import cctvout.policy.Fault;
import cctvout.policy.FollowUp;
import cctvout.policy.Plan;
import cctvout.policy.Policies;
import cctvout.recipient.Parties;
import cctvout.status.StatusTransition;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What policies say in one round: who is told, what follows while nobody takes it up, and which
 * cameras are DEGRADED but not for long enough.
 */
final class PolicyRound {

    private record Asked(Fault fault, Instant at) {}

    private final Policies policies;
    private final Parties parties;
    private final Map<Long, Integer> rounds;
    private final Instant now;

    private final Map<Asked, Plan> plans = new HashMap<>();
    private final Map<String, FollowUp> followUps = new LinkedHashMap<>();
    private final Set<String> over = new LinkedHashSet<>();
    private final Set<CameraId> seen = new LinkedHashSet<>();
    private final Map<CameraId, StatusTransition> waiting = new LinkedHashMap<>();

    /**
     * @param rounds how many results have said DEGRADED since a transition into it; one where it is
     *     not among them
     */
    PolicyRound(Policies policies, Parties parties, Map<Long, Integer> rounds, Instant now) {
        this.policies = policies;
        this.parties = parties;
        this.rounds = rounds;
        this.now = now;
    }

    /**
     * @param at when it is told, but for quiet hours
     */
    Plan plan(IssueKind kind, Camera camera, Instant at) {
        return plans.computeIfAbsent(
                new Asked(new Fault(camera, kind), at),
                asked -> policies.plan(asked.fault, parties, asked.at));
    }

    /**
     * @param at when it is told, but for quiet hours
     */
    @Nullable Instant quietUntil(IssueKind kind, Camera camera, Instant at) {
        return policies.holds(new Fault(camera, kind), at);
    }

    /**
     * What waits for the end of quiet hours is timed by those that it is told in.
     *
     * @param at when it is told, but for quiet hours
     */
    Holds quietAnew(Holds holds, IssueKind kind, Camera camera, Instant at) {
        Instant until = holds.has(Reason.QUIET_HOURS) ? quietUntil(kind, camera, at) : null;
        Holds others = holds.without(Reason.QUIET_HOURS);
        return until == null ? others : others.with(new Hold(Reason.QUIET_HOURS, until, null));
    }

    /** Whatever it waited for is past. */
    void seen(StatusTransition transition) {
        seen.add(transition.cameraId());
        waiting.remove(transition.cameraId());
    }

    /** Is it worth an issue by now? Where it is not yet, it is looked at again. */
    boolean degradedOpens(StatusTransition transition, Camera camera) {
        if (transition.to() != Verdict.DEGRADED) {
            return false;
        }
        DegradedRule rule = policies.degraded(camera);
        boolean opens = rule.opensAfter(rounds.getOrDefault(transition.seq(), 1));
        if (rule.opensIssue() && !opens) {
            waiting.put(transition.cameraId(), transition);
        }
        return opens;
    }

    /** Somebody has begun to work on it, or says that it is done. */
    static boolean takenUp(@Nullable Issue before, Issue after) {
        return before != null
                && before.id().equals(after.id())
                && isNobodys(before)
                && !isNobodys(after)
                && (!after.status().isOver() || after.isEndUntold());
    }

    /** Also where somebody said that it is repaired, and it was opened again. */
    static boolean isNobodys(Issue issue) {
        return issue.status() == IssueStatus.OPEN;
    }

    /**
     * @param held null: it is told at once
     */
    void told(Issue issue, Plan plan, @Nullable Instant held) {
        if (isNobodys(issue)) {
            keep(plan.followUp(FollowUp.Subject.issue(issue.id()), held == null ? now : held));
        }
    }

    /**
     * @param owed what is new; those who were told before are followed up already
     * @param at when it is told, but for quiet hours
     */
    void told(Outage outage, List<Camera> joined, Collection<Notice> owed, Instant at) {
        Set<String> fresh =
                owed.stream()
                        .filter(notice -> notice.notification().createdAt().equals(now))
                        .map(notice -> notice.notification().recipientId())
                        .collect(Collectors.toSet());
        for (Camera camera : joined) {
            Plan plan = plan(outage.kind(), camera, at);
            List<String> told = plan.toldIds().stream().filter(fresh::contains).toList();
            FollowUp row = plan.followUp(FollowUp.Subject.outage(outage.id()), at);
            if (row != null && !told.isEmpty()) {
                keep(row.tellingOnly(told));
            }
        }
    }

    private void keep(@Nullable FollowUp row) {
        if (row != null) {
            followUps.merge(
                    row.subject().id() + "/" + row.policyId(),
                    row,
                    (before, more) -> before.tellingToo(more.told()));
        }
    }

    /** Nothing more comes of this issue or outage. */
    void over(String subject) {
        over.add(subject);
        followUps.values().removeIf(row -> row.subject().id().equals(subject));
    }

    /** New ones, written after those that are {@link #over()} are gone. */
    Collection<FollowUp> followUps() {
        return followUps.values();
    }

    Set<String> over() {
        return over;
    }

    /** They wait no longer, but for {@link #waiting()}. */
    Set<CameraId> seen() {
        return seen;
    }

    List<StatusTransition> waiting() {
        return List.copyOf(waiting.values());
    }
}
