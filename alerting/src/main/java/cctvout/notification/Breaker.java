package cctvout.notification;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Leaves an endpoint alone that fails again and again: closed, then open for a while, then half
 * open: one try decides. Not thread-safe: its owner is.
 */
final class Breaker {

    enum State {
        CLOSED,
        OPEN,
        HALF_OPEN
    }

    private final int failures;
    private final Duration window;
    private final Duration open;
    private final Deque<Instant> recent = new ArrayDeque<>();
    private Instant openUntil = Instant.MIN;
    private Instant askedUntil = Instant.MIN;
    private @Nullable FailureCause cause;
    private boolean tripped;
    private boolean probing;

    /**
     * @param failures within the window that open it
     * @param open how long it stays so
     */
    Breaker(int failures, Duration window, Duration open) {
        this.failures = failures;
        this.window = window;
        this.open = open;
    }

    State state(Instant now) {
        if (now.isBefore(openUntil)) {
            return State.OPEN;
        }
        return tripped ? State.HALF_OPEN : State.CLOSED;
    }

    /** May a try be made now? Half open, the first that asks is the one. */
    boolean pass(Instant now) {
        return switch (state(now)) {
            case CLOSED -> true;
            case OPEN -> false;
            case HALF_OPEN -> {
                boolean first = !probing;
                probing = true;
                yield first;
            }
        };
    }

    /** True where it was not closed. */
    boolean succeeded() {
        boolean was = tripped;
        recent.clear();
        tripped = false;
        probing = false;
        openUntil = Instant.MIN;
        return was;
    }

    void failed(FailureCause why, Instant now) {
        cause = why;
        probing = false;
        recent.addLast(now);
        while (recent.size() > failures
                || !recent.isEmpty() && recent.getFirst().isBefore(now.minus(window))) {
            recent.removeFirst();
        }
        if (tripped || recent.size() >= failures) {
            openUntil(now.plus(open));
        }
    }

    /** Until then it is left alone: it asked for it. */
    void pause(Instant until) {
        askedUntil = until;
        openUntil(until);
    }

    private void openUntil(Instant until) {
        tripped = true;
        if (until.isAfter(openUntil)) {
            openUntil = until;
        }
    }

    /** Why the last try failed; null where none has. */
    @Nullable FailureCause cause() {
        return cause;
    }

    /** How much longer nothing is sent there. */
    Duration left(Instant now) {
        return openUntil.isAfter(now) ? Duration.between(now, openUntil) : Duration.ZERO;
    }

    /** How much longer it asked to be left alone; null where it did not. */
    @Nullable Duration asked(Instant now) {
        return askedUntil.isAfter(now) ? Duration.between(now, askedUntil) : null;
    }
}
