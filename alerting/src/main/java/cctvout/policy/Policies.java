package cctvout.policy;

import cctvout.camera.Camera;
import cctvout.issue.IssueKind;
import cctvout.recipient.Parties;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A city's policies in their order, and what they decide. Pure. */
public final class Policies {

    static final String DEFAULT = "no policy matches: who answers for it by default";

    private final List<Policy> inOrder;
    private final DegradedRule standard;

    /**
     * @param degradedOpensIssue where no policy says it
     */
    public Policies(List<Policy> policies, boolean degradedOpensIssue) {
        this.inOrder = policies.stream().sorted(Policy.ORDER).toList();
        this.standard = new DegradedRule(degradedOpensIssue, 1);
    }

    /** The one that decides; empty for the default. */
    public Optional<Policy> of(Fault fault) {
        return inOrder.stream()
                .filter(policy -> policy.enabled() && policy.match().matches(fault))
                .findFirst();
    }

    public Optional<Policy> find(String id) {
        return inOrder.stream().filter(policy -> policy.id().equals(id)).findFirst();
    }

    List<Policy> inOrder() {
        return inOrder;
    }

    /** What it is worth that this camera is DEGRADED. */
    public DegradedRule degraded(Camera camera) {
        return of(new Fault(camera, IssueKind.DEGRADED)).map(Policy::degraded).orElse(standard);
    }

    /** Until when notices of this fault wait; null where they are due at once. */
    public @Nullable Instant holds(Fault fault, Instant at) {
        return of(fault).map(policy -> policy.holds(fault, at)).orElse(null);
    }

    /** Who is told of it; always somebody. */
    public Plan plan(Fault fault, Parties parties, Instant at) {
        Policy policy = of(fault).orElse(null);
        return policy == null
                ? standard(fault, parties)
                : plan(fault, policy, parties, policy.holds(fault, at));
    }

    private static Plan standard(Fault fault, Parties parties) {
        Choice choice = Choice.of(Audience.RESPONSIBLE, "", fault, parties);
        return new Plan(
                fault, null, DEFAULT, choice.on(Audience.RESPONSIBLE, null), choice.lacking());
    }

    private static Plan plan(Fault fault, Policy policy, Parties parties, @Nullable Instant held) {
        Choice choice = Choice.of(policy.tell(), policy.title(), fault, parties);
        List<Told> told = choice.on(policy.tell(), held);
        String why = policy.title() + " is the first that matches";
        if (told.isEmpty()) {
            String nobody = "nobody whom " + policy.title() + " means can be told: control room";
            return new Plan(
                    fault,
                    policy,
                    why,
                    Choice.controlRoom(fault, parties, nobody, held),
                    choice.lacking());
        }
        return new Plan(fault, policy, why, told, choice.lacking());
    }

    /** Who is told as well, where nobody took it up; always somebody. */
    public static List<Told> escalated(
            EscalationStep step, Policy policy, Fault fault, Parties parties) {
        Choice choice = Choice.of(step.tell(), "escalated by " + policy.title(), fault, parties);
        return choice.told().isEmpty()
                ? Choice.controlRoom(
                        fault,
                        parties,
                        "nobody whom " + policy.title() + " escalates to can be told: control room",
                        null)
                : choice.on(step.tell(), null);
    }
}
