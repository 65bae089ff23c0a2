package cctvout.history;

import cctvout.camera.CameraId;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that wait to be written, oldest first, bounded. Where there are too many each camera gives
 * up every second of its own, its newest never: old times grow coarser, no camera vanishes, and one
 * that is probed often loses more than one that is probed rarely. Thread-safe.
 */
final class WaitingChecks {

    private static final int AT_ONCE = 8;

    private final int limit;
    private Deque<ClaimedCheck> waiting = new ArrayDeque<>();

    /**
     * @param limit of what waits; {@code cctvout.history.buffer}
     */
    WaitingChecks(int limit) {
        this.limit = limit;
    }

    /**
     * @return how many were given up for it
     */
    synchronized int add(ClaimedCheck check) {
        waiting.add(check);
        return fit();
    }

    /** The oldest, up to a number. */
    synchronized List<ClaimedCheck> take(int most) {
        List<ClaimedCheck> batch = new ArrayList<>(Math.min(most, waiting.size()));
        while (batch.size() < most && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        return batch;
    }

    synchronized int size() {
        return waiting.size();
    }

    private int fit() {
        int before = waiting.size();
        if (before <= limit) {
            return 0;
        }
        thin();
        // where that freed little the oldest go, some at once: a pass through all is not for one
        while (waiting.size() > limit - limit / AT_ONCE) {
            waiting.remove();
        }
        return before - waiting.size();
    }

    private void thin() {
        List<ClaimedCheck> kept = new ArrayList<>(limit);
        Set<CameraId> keptLast = new HashSet<>();
        waiting.descendingIterator()
                .forEachRemaining(
                        check -> {
                            CameraId id = check.status().cameraId();
                            if (keptLast.remove(id)) {
                                return;
                            }
                            keptLast.add(id);
                            kept.add(check);
                        });
        Collections.reverse(kept);
        waiting = new ArrayDeque<>(kept);
    }
}
