package cctvout.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Who is told of which faults, and when, as REST shows it. Of all that are enabled the first that
 * matches decides, and it alone.
 *
 * @param priority the lowest is asked first; among equals the id
 * @param degraded null: as {@code cctvout.alerting.degraded-opens-issue} says
 * @param reminders null: none
 * @param quietHours null: none
 * @param version counts up with each change, from 1; 0 before it is stored
 */
public record Policy(
        String id,
        String name,
        int priority,
        boolean enabled,
        FaultMatch match,
        Audience tell,
        @Nullable DegradedRule degraded,
        @Nullable Reminders reminders,
        List<EscalationStep> escalations,
        @Nullable QuietHours quietHours,
        long version) {

    static final int STANDARD_PRIORITY = 100;

    static final Comparator<Policy> ORDER =
            Comparator.comparingInt(Policy::priority).thenComparing(Policy::id);

    public Policy {
        escalations = List.copyOf(escalations);
    }

    /** The escalations in the order in which they come. */
    List<EscalationStep> steps() {
        return escalations.stream().sorted(Comparator.comparing(EscalationStep::after)).toList();
    }

    /** From JSON, where all may be left out. */
    @JsonCreator
    public static Policy of(
            @Nullable String id,
            @Nullable String name,
            @Nullable Integer priority,
            @Nullable Boolean enabled,
            @Nullable FaultMatch match,
            @Nullable Audience tell,
            @Nullable DegradedRule degraded,
            @Nullable Reminders reminders,
            @Nullable List<EscalationStep> escalations,
            @Nullable QuietHours quietHours,
            @Nullable Long version) {
        return new Policy(
                id == null ? "" : id,
                name == null ? "" : name,
                priority == null ? STANDARD_PRIORITY : priority,
                enabled == null || enabled,
                match == null ? FaultMatch.ANY : match,
                tell == null ? Audience.RESPONSIBLE : tell,
                degraded,
                reminders,
                Lists.given(escalations),
                quietHours,
                version == null ? 0 : version);
    }

    /** As reasons name it. */
    @JsonIgnore
    public String title() {
        return "policy " + id + (name.equals(id) ? "" : " (" + name + ")");
    }

    /** Until when a notice of this fault waits; null where it is due at once. */
    @Nullable Instant holds(Fault fault, Instant at) {
        return quietHours == null ? null : quietHours.holds(fault, at);
    }

    Policy named(String newId, long newVersion) {
        return new Policy(
                newId,
                name.isBlank() ? newId : name.strip(),
                priority,
                enabled,
                match,
                tell,
                degraded,
                reminders,
                escalations,
                quietHours,
                newVersion);
    }
}
