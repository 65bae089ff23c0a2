package cctvout.policy;

import cctvout.camera.CameraId;
import cctvout.issue.IssueKind;
import cctvout.issue.Severity;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is still to come for a fault that was told and that nobody has taken up: a row, made with
 * the notices and changed with each step, so that none is lost and none comes twice. When it is due
 * the policy is asked anew, as it is then.
 *
 * @param cameraId of an outage one of its cameras: for those who answer for it
 * @param told ids of those whom the first notice went to
 * @param toldAt when it was due
 * @param lastAt when they were told last
 * @param reminders so far
 * @param escalations steps so far
 * @param nextAt when something is due
 */
public record FollowUp(
        Subject subject,
        String policyId,
        CameraId cameraId,
        IssueKind kind,
        Severity severity,
        List<String> told,
        Instant toldAt,
        Instant lastAt,
        int reminders,
        int escalations,
        Instant nextAt) {

    /** An issue or an outage. */
    public record Subject(String id, boolean isOutage) {

        public static Subject issue(String id) {
            return new Subject(id, false);
        }

        public static Subject outage(String id) {
            return new Subject(id, true);
        }
    }

    /**
     * What is to be done now.
     *
     * @param steps whom to tell as well
     * @param next null where nothing more is to come
     */
    public record Due(boolean remind, List<EscalationStep> steps, @Nullable FollowUp next) {}

    public FollowUp {
        told = List.copyOf(told);
    }

    public FollowUp tellingOnly(List<String> recipients) {
        return new FollowUp(
                subject,
                policyId,
                cameraId,
                kind,
                severity,
                recipients,
                toldAt,
                lastAt,
                reminders,
                escalations,
                nextAt);
    }

    public FollowUp tellingToo(List<String> recipients) {
        return tellingOnly(Stream.concat(told.stream(), recipients.stream()).distinct().toList());
    }

    /** Null where the policy has nothing to come. */
    public static @Nullable FollowUp begin(
            Subject subject, Policy policy, Fault fault, List<String> told, Instant toldAt) {
        FollowUp fresh =
                new FollowUp(
                        subject,
                        policy.id(),
                        fault.camera().id(),
                        fault.kind(),
                        fault.severity(),
                        told,
                        toldAt,
                        toldAt,
                        0,
                        0,
                        toldAt);
        return fresh.waiting(policy, fault);
    }

    /**
     * @param policy as it is now
     */
    public Due due(Policy policy, Fault fault, Instant now) {
        Instant reminder = reminderAt(policy, fault);
        boolean remind = reminder != null && !reminder.isAfter(now);
        List<EscalationStep> steps =
                policy.steps().stream()
                        .skip(escalations)
                        .takeWhile(step -> !at(step, policy, fault).isAfter(now))
                        .toList();
        FollowUp after =
                new FollowUp(
                        subject,
                        policyId,
                        cameraId,
                        kind,
                        severity,
                        told,
                        toldAt,
                        remind ? now : lastAt,
                        reminders + (remind ? 1 : 0),
                        escalations + steps.size(),
                        nextAt);
        return new Due(remind, steps, after.waiting(policy, fault));
    }

    private @Nullable FollowUp waiting(Policy policy, Fault fault) {
        Instant escalation =
                policy.steps().stream()
                        .skip(escalations)
                        .findFirst()
                        .map(step -> at(step, policy, fault))
                        .orElse(null);
        Instant next =
                Stream.of(reminderAt(policy, fault), escalation)
                        .filter(java.util.Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null);
        return next == null
                ? null
                : new FollowUp(
                        subject,
                        policyId,
                        cameraId,
                        kind,
                        severity,
                        told,
                        toldAt,
                        lastAt,
                        reminders,
                        escalations,
                        next);
    }

    private @Nullable Instant reminderAt(Policy policy, Fault fault) {
        Instant next =
                policy.reminders() == null ? null : policy.reminders().next(reminders, lastAt);
        return next == null ? null : audible(next, policy, fault);
    }

    private Instant at(EscalationStep step, Policy policy, Fault fault) {
        return audible(toldAt.plus(step.after()), policy, fault);
    }

    private static Instant audible(Instant at, Policy policy, Fault fault) {
        Instant held = policy.holds(fault, at);
        return held == null ? at : held;
    }
}
