package cctvout.stream;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The newest entries of the log, encoded once. One writer, any number of readers, no lock: a reader
 * holds a position, and a slot that was written anew in the meantime tells it that it fell behind.
 */
final class EventRing {

    /** A reader's position is no longer, or not yet, in the ring. */
    static final long BEHIND = -1;

    private final AtomicReferenceArray<@Nullable Slot> slots;
    private volatile long written;
    private volatile long last;
    private volatile long floor;
    private volatile long begunAt;
    private volatile boolean ready;

    private record Slot(long position, StreamEntry entry) {}

    EventRing(int capacity) {
        slots = new AtomicReferenceArray<>(capacity);
    }

    /**
     * The ring is about to hold all that comes after a number.
     *
     * @param head what is in the log already: who asks for what is new starts there
     */
    void begin(long after, long head) {
        floor = after;
        last = after;
        begunAt = head;
        ready = true;
    }

    boolean isReady() {
        return ready;
    }

    /** Number of the newest entry held. */
    long last() {
        return last;
    }

    /** The number that all new entries come after. */
    long now() {
        return Math.max(begunAt, last);
    }

    /** All entries after this number are held. */
    long floor() {
        return floor;
    }

    void add(StreamEntry entry) {
        long position = written;
        int index = (int) (position % slots.length());
        Slot evicted = slots.get(index);
        if (evicted != null) {
            floor = evicted.entry().seq();
        }
        slots.set(index, new Slot(position, entry));
        last = entry.seq();
        written = position + 1;
    }

    /** True where nothing stands, or will first stand, at the position. */
    boolean isEnd(long position) {
        return position >= written;
    }

    /** The entry at a position below the end; null where it was overwritten. */
    @Nullable StreamEntry at(long position) {
        Slot slot = slots.get((int) (position % slots.length()));
        return slot != null && slot.position() == position ? slot.entry() : null;
    }

    /**
     * Position of the first entry whose number is above {@code seq}; {@link #BEHIND} where entries
     * between are no longer held.
     */
    long positionAfter(long seq) {
        long end = written;
        long low = Math.max(0, end - slots.length());
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            StreamEntry entry = at(middle);
            if (entry == null || entry.seq() <= seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        // after the search: an eviction in the meantime has moved the floor
        return seq < floor ? BEHIND : low;
    }
}
