package cctvout.icmp;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * Timers of 10 ms or so in buckets (Varghese and Lauck, 1987): set, moved and dropped in constant
 * time, without garbage. An entry fires at its time or up to one tick later, never before. For one
 * thread. While entries fire, no other entry may be dropped.
 */
final class TimingWheel {

    /** What has a timer; at most one each. */
    abstract static class Entry {
        private @Nullable Entry previous;
        private @Nullable Entry next;
        private long due = NONE;
    }

    private static final long NONE = Long.MIN_VALUE;

    private final Entry[] buckets;
    private final long tickNanos;
    private final long origin;
    private long done;

    TimingWheel(long tickNanos, int bucketCount, long now) {
        this.tickNanos = tickNanos;
        origin = now;
        buckets = new Entry[bucketCount];
        for (int i = 0; i < bucketCount; i++) {
            buckets[i] = new Entry() {};
        }
    }

    /** Sets or moves the entry's timer. */
    void schedule(Entry entry, long at) {
        drop(entry);
        entry.due = Math.max(done + 1, Math.ceilDiv(at - origin, tickNanos));
        Entry bucket = bucket(entry.due);
        Entry first = bucket.next;
        entry.next = first;
        entry.previous = bucket;
        bucket.next = entry;
        if (first != null) {
            first.previous = entry;
        }
    }

    void drop(Entry entry) {
        if (entry.due == NONE) {
            return;
        }
        Entry before = entry.previous;
        Entry after = entry.next;
        if (before != null) {
            before.next = after;
        }
        if (after != null) {
            after.previous = before;
        }
        entry.previous = null;
        entry.next = null;
        entry.due = NONE;
    }

    /** Fires what is due. After a long pause each bucket is looked at once. */
    void advance(long now, Consumer<Entry> fired) {
        long current = Math.floorDiv(now - origin, tickNanos);
        long from = Math.max(done + 1, current - buckets.length + 1);
        done = Math.max(done, current);
        for (long tick = from; tick <= current; tick++) {
            Entry entry = bucket(tick).next;
            while (entry != null) {
                Entry next = entry.next;
                if (entry.due <= current) {
                    drop(entry);
                    fired.accept(entry);
                }
                entry = next;
            }
        }
    }

    /** Whether {@link #advance} would fire anything. */
    boolean isDue(long now) {
        long current = Math.floorDiv(now - origin, tickNanos);
        long from = Math.max(done + 1, current - buckets.length + 1);
        for (long tick = from; tick <= current; tick++) {
            for (Entry entry = bucket(tick).next; entry != null; entry = entry.next) {
                if (entry.due <= current) {
                    return true;
                }
            }
        }
        return false;
    }

    private Entry bucket(long tick) {
        return buckets[(int) Math.floorMod(tick, (long) buckets.length)];
    }
}
