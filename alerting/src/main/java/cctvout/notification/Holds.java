package cctvout.notification;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Why a notice waits: each reason with its own time, so that one can change or go without the
 * others; due when the last of them is over. As JSON the list of them.
 */
public record Holds(@JsonValue List<Hold> all) {

    public static final Holds NONE = new Holds(List.of());

    /** What a notice may wait for. */
    public enum Reason {
        /** Others of the same cause may join. */
        SHARED_CAUSE,
        /** Planned work at what it is about. */
        MAINTENANCE,
        /** The recipient's quiet hours. */
        QUIET_HOURS,
        /**
         * An end that was not told yet, and the fault is there again: owed when it ends for good.
         */
        FAILED_AGAIN,
        /** A camera that comes and goes, until it has been as it is for a while. */
        FLAPPING
    }

    /**
     * One reason.
     *
     * @param by who or what asks for it, such as a maintenance window's id; null where that is
     *     nothing of a name
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Hold(Reason reason, Instant until, @Nullable String by) {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Holds {
        all = List.copyOf(all);
    }

    /** Null for none. */
    public static Holds of(Reason reason, @Nullable Instant until) {
        return until == null ? NONE : NONE.with(new Hold(reason, until, null));
    }

    /** In place of another of the same reason. */
    public Holds with(Hold hold) {
        List<Hold> more = new ArrayList<>(without(hold.reason()).all);
        more.add(hold);
        return new Holds(more);
    }

    public Holds without(Reason reason) {
        return new Holds(all.stream().filter(hold -> hold.reason() != reason).toList());
    }

    public Optional<Hold> of(Reason reason) {
        return all.stream().filter(hold -> hold.reason() == reason).findFirst();
    }

    public boolean has(Reason reason) {
        return of(reason).isPresent();
    }

    /** When the last of them is over; null where nothing holds it. */
    public @Nullable Instant until() {
        return all.stream().map(Hold::until).max(Comparator.naturalOrder()).orElse(null);
    }
}
