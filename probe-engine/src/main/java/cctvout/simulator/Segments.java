package cctvout.simulator;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Segments as they are sent. Streams share their numbers and differ in phase alone, so at any time
 * all cameras serve the same few: each is made once. Any thread.
 */
final class Segments {

    private static final int KEPT = 32;

    private record Made(long sequence, byte[] bytes) {}

    private final TransportStream stream;
    private final AtomicReferenceArray<@Nullable Made> made = new AtomicReferenceArray<>(KEPT);

    Segments(TransportStream stream) {
        this.stream = stream;
    }

    /** Bytes of a segment. */
    int size() {
        return stream.size();
    }

    /** The bytes of a segment; shared, so nobody writes into them. */
    byte[] whole(long sequence) {
        int slot = (int) (sequence % KEPT);
        Made kept = made.get(slot);
        if (kept == null || kept.sequence != sequence) {
            kept = new Made(sequence, stream.segment(sequence));
            made.set(slot, kept);
        }
        return kept.bytes;
    }
}
