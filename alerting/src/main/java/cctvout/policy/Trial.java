package cctvout.policy;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.IssueKind;
import cctvout.issue.Severity;
import cctvout.maintenance.Maintenance;
import cctvout.recipient.Parties;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.recipient.RecipientRole;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A fault that was thought of: who would be told, when and why, as REST shows it. It is decided by
 * what decides in earnest.
 *
 * @param policy that decides; null for the default
 * @param opensIssue false: nobody is told
 * @param afterRounds results that say so before it is told; more than 1 with DEGRADED alone
 * @param maintenance planned work at the camera when it begins, whose end notices wait for; null
 *     where there is none
 * @param told of the fault
 * @param later what comes while nobody takes it up, the first {@value #MOST_LATER}
 * @param recovered who is told of its end
 * @param notTold the first {@value #MOST_NOT_TOLD} of them
 * @param passedOver policies asked before it, and why they are not for it
 */
public record Trial(
        CameraId cameraId,
        IssueKind kind,
        Severity severity,
        Instant at,
        @Nullable Ref policy,
        String reason,
        boolean opensIssue,
        int afterRounds,
        @Nullable Work maintenance,
        List<Reader> told,
        List<Later> later,
        List<Reader> recovered,
        List<NotTold> notTold,
        int notToldInAll,
        List<PassedOver> passedOver) {

    static final int MOST_LATER = 50;
    static final int MOST_NOT_TOLD = 200;

    /**
     * Planned work.
     *
     * @param until when it is over, with what follows on it without a gap
     */
    public record Work(String windowId, String name, Instant until) {}

    /** A policy. */
    public record Ref(String id, String name, int priority) {}

    /**
     * @param reason why this recipient
     */
    public record Reader(
            String recipientId,
            String name,
            RecipientRole role,
            String reason,
            List<On> channels) {}

    /**
     * @param channel the type
     * @param at when it goes out; null with {@code recovered}: when the fault ends, after quiet
     *     hours
     * @param heldUntil null where it goes out at once
     */
    public record On(
            String channelKey, String channel, @Nullable Instant at, @Nullable Instant heldUntil) {}

    /**
     * @param event REMINDER or ESCALATED
     */
    public record Later(String event, Instant at, List<Reader> told) {}

    public record NotTold(String recipientId, String name, RecipientRole role, String reason) {}

    public record PassedOver(String policyId, String name, int priority, String reason) {}

    /** Tries it. */
    static Trial of(
            Fault fault, Policies policies, Parties parties, Instant at, Maintenance planned) {
        Waits waits = new Waits(planned, fault.camera());
        Plan plan = policies.plan(fault, parties, at);
        DegradedRule degraded = policies.degraded(fault.camera());
        boolean opens = fault.kind() != IssueKind.DEGRADED || degraded.opensIssue();
        Policy policy = plan.policy();
        List<Reader> told = opens ? readers(plan.told(), at, waits) : List.of();
        List<NotTold> notTold = opens ? notTold(plan, parties) : List.of();
        return new Trial(
                fault.camera().id(),
                fault.kind(),
                fault.severity(),
                at,
                policy == null ? null : new Ref(policy.id(), policy.name(), policy.priority()),
                opens ? plan.reason() : plan.reason() + ", and DEGRADED opens no issue",
                opens,
                fault.kind() == IssueKind.DEGRADED && opens ? degraded.afterRounds() : 1,
                waits.work(at),
                told,
                opens ? later(plan, parties, at, waits) : List.of(),
                opens ? recovered(plan, parties, waits) : List.of(),
                notTold.stream().limit(MOST_NOT_TOLD).toList(),
                notTold.size(),
                passedOver(fault, policies));
    }

    /** What notices wait for beside quiet hours. */
    private record Waits(Maintenance planned, Camera camera) {

        @Nullable Work work(Instant at) {
            Maintenance.Held held = planned.activeAt(camera, at);
            return held == null
                    ? null
                    : new Work(held.window().id(), held.window().name(), held.until());
        }

        /** The work that is done when it would be told. */
        @Nullable Instant until(@Nullable Instant at, @Nullable Instant quiet) {
            Instant due = quiet == null ? at : quiet;
            Work work = due == null ? null : work(due);
            return work == null ? quiet : work.until();
        }
    }

    private static List<Reader> readers(List<Told> told, @Nullable Instant at, Waits waits) {
        return told.stream().map(one -> reader(one, at, one.heldUntil(), waits)).toList();
    }

    private static Reader reader(
            Told told, @Nullable Instant at, @Nullable Instant quiet, Waits waits) {
        List<On> channels = new ArrayList<>();
        told.channels()
                .forEach(
                        (key, channel) -> {
                            boolean inbox = channel instanceof RecipientChannel.Inbox;
                            Instant until = waits.until(at, inbox ? null : quiet);
                            channels.add(
                                    new On(key, channel.type(), until == null ? at : until, until));
                        });
        Recipient who = told.chosen().recipient();
        return new Reader(who.id(), who.name(), who.role(), told.chosen().reason(), channels);
    }

    private static List<Later> later(Plan plan, Parties parties, Instant at, Waits waits) {
        List<Later> later = new ArrayList<>();
        Policy policy = plan.policy();
        if (policy == null) {
            return later;
        }
        FollowUp row = plan.followUp(FollowUp.Subject.issue(""), at);
        while (row != null && later.size() < MOST_LATER) {
            Instant then = row.nextAt();
            FollowUp.Due due = row.due(policy, plan.fault(), then);
            if (due.remind()) {
                later.add(new Later("REMINDER", then, readers(atOnce(plan.told()), then, waits)));
            }
            for (EscalationStep step : due.steps()) {
                List<Told> more = Policies.escalated(step, policy, plan.fault(), parties);
                later.add(new Later("ESCALATED", then, readers(more, then, waits)));
            }
            row = due.next();
        }
        return later;
    }

    private static List<Told> atOnce(List<Told> told) {
        return told.stream().map(one -> new Told(one.chosen(), one.channels(), null)).toList();
    }

    private static List<Reader> recovered(Plan plan, Parties parties, Waits waits) {
        List<Reader> readers = new ArrayList<>();
        Set<String> ids = new HashSet<>(plan.toldIds());
        readers.addAll(readers(atOnce(plan.told()), null, waits));
        parties.controlRoom(plan.fault().camera()).stream()
                .filter(room -> ids.add(room.recipient().id()))
                .map(room -> new Told(room, room.recipient().channelsByKey(), null))
                .map(room -> reader(room, null, null, waits))
                .forEach(readers::add);
        return readers;
    }

    private static List<NotTold> notTold(Plan plan, Parties parties) {
        Set<String> told = new HashSet<>(plan.toldIds());
        Map<String, String> lacking =
                plan.lacking().stream()
                        .collect(
                                java.util.stream.Collectors.toMap(
                                        Plan.Lacking::recipientId,
                                        Plan.Lacking::reason,
                                        (first, _) -> first));
        List<NotTold> others = new ArrayList<>();
        for (Recipient one : parties.all()) {
            if (!told.contains(one.id())) {
                String why =
                        Optional.ofNullable(lacking.get(one.id()))
                                .orElseGet(() -> whyNot(one, plan));
                others.add(new NotTold(one.id(), one.name(), one.role(), why));
            }
        }
        return others;
    }

    private static String whyNot(Recipient one, Plan plan) {
        if (!one.enabled()) {
            return "is disabled";
        }
        Policy policy = plan.policy();
        List<RecipientRole> roles =
                policy == null || policy.tell().isDefault()
                        ? List.of(Parties.responsibleFor(plan.fault().kind()))
                        : policy.tell().roles();
        if (!roles.contains(one.role())) {
            return roles.isEmpty()
                    ? "is not among the recipients of the policy"
                    : "is " + one.role() + ", and those told are " + roles;
        }
        return Parties.covers(one, plan.fault().camera())
                ? "is not among those chosen"
                : "does not answer for the camera's line, vendor or district";
    }

    private static List<PassedOver> passedOver(Fault fault, Policies policies) {
        List<PassedOver> passed = new ArrayList<>();
        for (Policy policy : policies.inOrder()) {
            String why = policy.enabled() ? policy.match().mismatch(fault) : "is disabled";
            if (why == null) {
                return passed;
            }
            passed.add(new PassedOver(policy.id(), policy.name(), policy.priority(), why));
        }
        return passed;
    }
}
