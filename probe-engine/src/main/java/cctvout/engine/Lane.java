package cctvout.engine;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/**
 * A bulkhead: so many probes at a time, the urgent ones first, the others in the order they came. A
 * camera has one probe of a kind at most, so what waits is bounded by the number of cameras. The
 * work per probe does not depend on how many there are. The loop's thread alone.
 */
final class Lane {

    /** After so many urgent ones in a row an ordinary one is let in: it must not wait for ever. */
    private static final int URGENT_IN_A_ROW = 16;

    private final String setting;
    private final int limit;
    private final Deque<Flight> urgent = new ArrayDeque<>();
    private final Deque<Flight> ordinary = new ArrayDeque<>();
    private final SequencedSet<Flight> underWay = new LinkedHashSet<>();
    private int urgentInARow;

    /**
     * @param setting that names the limit, after {@code cctvout.probe.}
     */
    Lane(String setting, int limit) {
        this.setting = setting;
        this.limit = limit;
    }

    /** Begins the probe, or has it wait. */
    void enter(Flight flight) {
        (flight.check.urgent ? urgent : ordinary).add(flight);
        beginNext();
    }

    /** Lets those of a check that wait go before the ordinary ones. */
    void hurry(Check check) {
        if (ordinary.removeIf(flight -> flight.check == check && urgent.add(flight))) {
            check.urgent = true;
        }
    }

    /** Its place is free again; false where it held none any more. */
    boolean leave(Flight flight) {
        boolean held = underWay.remove(flight);
        if (held) {
            beginNext();
        }
        return held;
    }

    /** Takes over one that holds a place elsewhere; false where there is no room. */
    boolean takeOver(Flight flight) {
        if (!hasRoom()) {
            return false;
        }
        underWay.add(flight);
        flight.lane.leave(flight);
        flight.lane = this;
        return true;
    }

    private void beginNext() {
        while (hasRoom()) {
            Flight next = next();
            if (next == null) {
                return;
            }
            underWay.add(next);
            next.begin();
        }
    }

    private @Nullable Flight next() {
        boolean ordinaryFirst = urgentInARow >= URGENT_IN_A_ROW && !ordinary.isEmpty();
        Flight first = ordinaryFirst ? null : urgent.poll();
        urgentInARow = first == null ? 0 : urgentInARow + 1;
        return first != null ? first : ordinary.poll();
    }

    private boolean hasRoom() {
        return underWay.size() < limit;
    }

    /** The one that is under way longest; null where none began at or before that time. */
    @Nullable Flight begunBy(long time) {
        Flight first = underWay.isEmpty() ? null : underWay.getFirst();
        return first != null && first.begunAt <= time ? first : null;
    }

    /** When the one that waits longest was due; {@code now} where none waits. */
    long oldestDue(long now) {
        Flight first = ordinary.peek();
        Flight doubtful = urgent.peek();
        long due = first == null ? now : Math.min(now, first.check.due);
        return doubtful == null ? due : Math.min(due, doubtful.check.due);
    }

    LaneStatus status() {
        return new LaneStatus(
                "cctvout.probe." + setting,
                limit,
                underWay.size(),
                urgent.size() + ordinary.size());
    }

    int underWay() {
        return underWay.size();
    }

    int waiting() {
        return urgent.size() + ordinary.size();
    }

    /** What has not begun never will. */
    void forgetWaiting() {
        urgent.clear();
        ordinary.clear();
    }

    /** Gives up all that is under way and forgets what waits. */
    void clear() {
        forgetWaiting();
        underWay.forEach(Flight::dispose);
        underWay.clear();
    }
}
