package cctvout.stream;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * How far one client has come in the log. Reads on from the ring, or behind it a page at a time
 * from the database. For one thread, its executor's.
 */
final class StreamCursor {

    /** Instead of a number: from what is new. */
    static final long NOW = -1;

    private static final long UNPLACED = -1;

    private final EventRing ring;
    private final ReplayPages replays;
    private final Executor executor;
    private final Runnable onPage;
    private final Queue<StreamEntry> page = new ArrayDeque<>();
    private long seq;
    private long position = UNPLACED;
    private boolean paging;

    /**
     * @param after the number to read on after, or {@link #NOW}
     * @param onPage called when a page came, for another try at {@link #next}
     */
    StreamCursor(
            long after, EventRing ring, ReplayPages replays, Executor executor, Runnable onPage) {
        this.seq = after;
        this.ring = ring;
        this.replays = replays;
        this.executor = executor;
        this.onPage = onPage;
    }

    /** The last number that was read; {@link #NOW} before the first {@link #next}. */
    long seq() {
        return seq;
    }

    /** The next entry, null where there is none now. */
    @Nullable StreamEntry next() {
        StreamEntry paged = page.poll();
        if (paged != null) {
            seq = paged.seq();
            return paged;
        }
        return paging || !ring.isReady() ? null : nextOfRing();
    }

    private @Nullable StreamEntry nextOfRing() {
        if (seq == NOW) {
            seq = ring.now();
        }
        while (place() && !ring.isEnd(position)) {
            StreamEntry entry = ring.at(position);
            if (entry == null) {
                position = UNPLACED;
                continue;
            }
            position++;
            if (entry.seq() > seq) {
                seq = entry.seq();
                return entry;
            }
        }
        return null;
    }

    private boolean place() {
        if (position != UNPLACED) {
            return true;
        }
        long found = ring.positionAfter(seq);
        if (found == EventRing.BEHIND) {
            requestPage();
            return false;
        }
        position = found;
        return true;
    }

    private void requestPage() {
        paging = true;
        replays.request(
                seq,
                entries -> executor.execute(() -> turn(entries)),
                () -> executor.execute(() -> paging = false));
    }

    private void turn(List<StreamEntry> entries) {
        if (entries.isEmpty()) {
            seq = Math.max(seq, ring.floor());
        }
        page.addAll(entries);
        paging = false;
        onPage.run();
    }
}
