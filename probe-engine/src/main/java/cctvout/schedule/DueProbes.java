package cctvout.schedule;

import org.jspecify.annotations.Nullable;

import java.util.PriorityQueue;

/**
 * What is due when, earliest first. Not thread-safe: it belongs to one loop. Putting something anew
 * moves it; the place it had is passed over when its time comes.
 */
public final class DueProbes<T extends DueProbes.Item> {

    /** Carries its own due time, so that an outdated place is recognised. */
    public abstract static class Item {
        private long due = NEVER;
        private long taken = NEVER;

        /** Of its places the last that was added and is still there; {@code NEVER} for none. */
        private long kept = NEVER;

        public final long due() {
            return due;
        }

        /** When it was due the last time that it was taken out. */
        public final long wasDue() {
            return taken;
        }
    }

    public static final long NEVER = Long.MAX_VALUE;

    private record Place<T extends Item>(long at, T item) {}

    private final PriorityQueue<Place<T>> places =
            new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at()));

    /** Outdated ones included. */
    int places() {
        return places.size();
    }

    /** Due at that time on the loop's clock, and no longer at the one before. */
    public void put(T item, long at) {
        Item own = item;
        if (own.due == at) {
            return;
        }
        own.due = at;
        if (own.kept != at) { // back to its round, where its place still is
            places.add(new Place<>(at, item));
            own.kept = own.kept == NEVER ? at : Math.max(own.kept, at);
        }
    }

    /** Earlier than it was, or as it was. */
    public void pullForward(T item, long at) {
        if (at < item.due()) {
            put(item, at);
        }
    }

    public void remove(T item) {
        ((Item) item).due = NEVER;
    }

    /** Nothing is due before; {@code NEVER} where nothing is due at all. */
    public long next() {
        Place<T> first = places.peek();
        return first == null ? NEVER : first.at();
    }

    /** The earliest that is due at {@code now}, taken out; null where none is. */
    public @Nullable T poll(long now) {
        for (Place<T> first = places.peek();
                first != null && first.at() <= now;
                first = places.peek()) {
            places.remove();
            Item item = first.item();
            if (item.kept == first.at()) {
                item.kept = NEVER;
            }
            if (item.due == first.at()) {
                item.due = NEVER;
                item.taken = first.at();
                return first.item();
            }
        }
        return null;
    }
}
