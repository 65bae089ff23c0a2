package cctvout.maintenance;

import com.fasterxml.jackson.annotation.JsonCreator;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Planned work, once or every week.
 *
 * @param reason what is done, for those who read it
 * @param startsAt of one that is once, with {@code endsAt}
 * @param repeat of one that is every week; null for one that is once
 * @param enabled one that is not holds nothing
 * @param createdBy a user's name
 * @param version counts up with each change, from 1; 0 before it is stored
 */
public record MaintenanceWindow(
        String id,
        String name,
        @Nullable String reason,
        Scope scope,
        @Nullable Instant startsAt,
        @Nullable Instant endsAt,
        @Nullable Repeat repeat,
        boolean enabled,
        @Nullable String createdBy,
        long version) {

    private static final Duration WEEK = Duration.ofDays(7);

    /** From JSON, where most may be left out; {@link MaintenanceRules} say what may not. */
    @JsonCreator
    public static MaintenanceWindow of(
            @Nullable String id,
            @Nullable String name,
            @Nullable String reason,
            @Nullable Scope scope,
            @Nullable Instant startsAt,
            @Nullable Instant endsAt,
            @Nullable Repeat repeat,
            @Nullable Boolean enabled,
            @Nullable String createdBy,
            @Nullable Long version) {
        return new MaintenanceWindow(
                id == null ? "" : id,
                name == null ? "" : name.strip(),
                reason == null || reason.isBlank() ? null : reason.strip(),
                scope == null ? Scope.of(null, null, null, null, null, null) : scope,
                startsAt,
                endsAt,
                repeat,
                enabled == null || enabled,
                createdBy,
                version == null ? 0 : version);
    }

    public MaintenanceWindow stored(String newId, @Nullable String by, long newVersion) {
        return new MaintenanceWindow(
                newId,
                name.isEmpty() ? newId : name,
                reason,
                scope,
                startsAt,
                endsAt,
                repeat,
                enabled,
                by,
                newVersion);
    }

    /** Its times that have a part between these two, in their order; none where it is disabled. */
    List<Slot> slots(Instant from, Instant to) {
        if (!enabled) {
            return List.of();
        }
        if (repeat != null) {
            return repeat.slots(from, to);
        }
        if (startsAt == null || endsAt == null) {
            return List.of();
        }
        boolean within = startsAt.isBefore(to) && endsAt.isAfter(from);
        return within ? List.of(new Slot(startsAt, endsAt)) : List.of();
    }

    /** The time that is now, or else the next one; null where there is none any more. */
    public @Nullable Slot next(Instant now) {
        Instant far = repeat == null ? Instant.MAX : now.plus(WEEK).plus(Duration.ofDays(2));
        List<Slot> slots = slots(now, far);
        return slots.isEmpty() ? null : slots.getFirst();
    }

    public boolean isActive(Instant now) {
        Slot next = next(now);
        return next != null && next.has(now);
    }
}
