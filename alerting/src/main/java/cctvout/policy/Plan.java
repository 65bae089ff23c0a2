package cctvout.policy;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * Who is told of one fault, decided.
 *
 * @param policy that decided; null for the default
 * @param reason why that one, in plain words
 * @param told at least one
 * @param lacking who was meant and cannot be told, and why
 */
public record Plan(
        Fault fault,
        @Nullable Policy policy,
        String reason,
        List<Told> told,
        List<Lacking> lacking) {

    /** Somebody who was meant. */
    public record Lacking(String recipientId, String reason) {}

    public Plan {
        told = List.copyOf(told);
        lacking = List.copyOf(lacking);
    }

    public List<String> toldIds() {
        return told.stream().map(one -> one.chosen().recipient().id()).toList();
    }

    /**
     * What follows while nobody takes it up; null where nothing does.
     *
     * @param at when it is told, but for quiet hours
     */
    public @Nullable FollowUp followUp(FollowUp.Subject subject, Instant at) {
        if (policy == null) {
            return null;
        }
        Instant held = policy.holds(fault, at);
        return FollowUp.begin(subject, policy, fault, toldIds(), held == null ? at : held);
    }
}
