package cctvout.hls;

import cctvout.hls.Edge.Motion;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether a live playlist moves, judged from two looks at it without waiting in either. The edge
 * counts, not the media sequence alone: a window that grows is fresh.
 *
 * @param edge for the next look
 * @param lookAgainAfter when a look would settle what this one could not; null where nothing is
 *     open
 */
record Freshness(State state, Edge edge, @Nullable Duration lookAgainAfter) {

    enum State {
        /** Nothing to compare with yet, or too soon. */
        UNPROVEN,
        /** It moved, or it did lately. */
        FRESH,
        /** It went back, and moves on from there. */
        RESET,
        /** It went back or was renamed: a second look has to decide. */
        DOUBTED,
        /** It stood still for the limit. */
        STALE,
        /** It went back and stays. */
        REGRESSED
    }

    Freshness with(Edge other) {
        return new Freshness(state, other, lookAgainAfter);
    }

    /** Players give up when a playlist stood still for 1.5 to 3.5 target durations. */
    private static final double STALE_AFTER = 3.5;

    private static final double PROVEN_AFTER = 2;

    /** A sound packager moves within one target duration; the half is for its jitter. */
    private static final double SECOND_LOOK = 1.5;

    /**
     * @param now the edge as it was just read: its {@code movedAt} is the time of this look
     */
    static Freshness judge(@Nullable Edge before, Edge now) {
        if (before == null) {
            Edge first = now.with(Motion.UNPROVEN);
            return new Freshness(State.UNPROVEN, first, times(now, PROVEN_AFTER));
        }
        int progress = now.compareProgress(before);
        if (progress > 0) {
            boolean reset = before.motion() == Motion.REGRESSED;
            return new Freshness(reset ? State.RESET : State.FRESH, now.with(Motion.PROVEN), null);
        }
        if (before.motion() == Motion.REGRESSED) {
            return secondLook(before, now);
        }
        if (progress < 0) {
            return new Freshness(
                    State.DOUBTED, now.with(Motion.REGRESSED), times(now, SECOND_LOOK));
        }
        return stoodStill(before, now);
    }

    private static Freshness secondLook(Edge before, Edge now) {
        Instant since = earlier(before.movedAt(), now.movedAt());
        Edge edge = now.since(since, Motion.REGRESSED);
        Duration left = times(now, SECOND_LOOK).minus(Duration.between(since, now.movedAt()));
        return left.isPositive()
                ? new Freshness(State.DOUBTED, edge, left)
                : new Freshness(State.REGRESSED, edge, null);
    }

    private static Freshness stoodStill(Edge before, Edge now) {
        Instant since = earlier(before.movedAt(), now.movedAt());
        Edge edge = now.since(since, before.motion());
        Duration left = times(now, STALE_AFTER).minus(Duration.between(since, now.movedAt()));
        if (left.isPositive()) {
            boolean proven = before.motion() == Motion.PROVEN;
            return new Freshness(proven ? State.FRESH : State.UNPROVEN, edge, left);
        }
        if (!before.prefix().equals(now.prefix()) && before.motion() != Motion.RENAMED) {
            return new Freshness(State.DOUBTED, edge.with(Motion.RENAMED), times(now, SECOND_LOOK));
        }
        return new Freshness(State.STALE, edge, null);
    }

    /** A clock set back must not make an edge that was seen in the future. */
    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Duration times(Edge edge, double factor) {
        return Duration.ofMillis(Math.round(edge.targetDuration().toMillis() * factor));
    }
}
