package cctvout.hls;

import io.netty.buffer.ByteBuf;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Gathers a body up to a cap. Confined to one event loop. */
final class BodyBuffer {

    private static final byte[] NONE = new byte[0];

    /**
     * Bytes of one array at most, which keeps those that turn out too large out of the collector's
     * region for huge objects, where each begins a round of its own. What is announced is believed
     * so far too.
     */
    private static final int CHUNK = 64 * 1024;

    private final int cap;
    private final boolean head;
    private final List<byte[]> full = new ArrayList<>(0);
    private byte[] chunk = NONE;
    private int filled;
    private int length;
    private int expected;

    /**
     * @param cap bytes
     * @param head whether what comes after the cap is not wanted; else it is a fault
     */
    BodyBuffer(int cap, boolean head) {
        this.cap = cap;
        this.head = head;
    }

    /**
     * The length that the head announces, bytes; below zero: none.
     *
     * @throws StreamFault {@link HlsReason#BODY_TOO_LARGE}
     */
    void expect(long announced) {
        if (!head && announced > cap) {
            throw tooLarge(cap);
        }
        expected = (int) Math.clamp(announced, 0, Math.min(cap, CHUNK));
    }

    /**
     * Copies; the caller keeps the buffer.
     *
     * @return true where nothing more is wanted
     * @throws StreamFault {@link HlsReason#BODY_TOO_LARGE}
     */
    boolean add(ByteBuf buffer) {
        int from = buffer.readerIndex();
        int end = from + wanted(buffer.readableBytes());
        while (from < end) {
            int part = room(end - from);
            buffer.getBytes(from, chunk, filled, part);
            filled += part;
            length += part;
            from += part;
        }
        return head && length == cap;
    }

    private int wanted(int offered) {
        if (!head && offered > cap - length) {
            throw tooLarge(cap);
        }
        return Math.min(offered, cap - length);
    }

    private int room(int wanted) {
        if (filled == chunk.length) {
            if (filled == CHUNK) {
                full.add(chunk);
                chunk = new byte[CHUNK];
                filled = 0;
            } else {
                int grown = Math.max(filled + wanted, Math.max(expected, filled * 2));
                chunk = Arrays.copyOf(chunk, Math.min(CHUNK, Math.min(cap, grown)));
            }
        }
        return Math.min(wanted, chunk.length - filled);
    }

    byte[] bytes() {
        if (full.isEmpty()) {
            return chunk.length == filled ? chunk : Arrays.copyOf(chunk, filled);
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : full) {
            System.arraycopy(part, 0, all, at, CHUNK);
            at += CHUNK;
        }
        System.arraycopy(chunk, 0, all, at, filled);
        return all;
    }

    static StreamFault tooLarge(int cap) {
        return new StreamFault(
                HlsReason.BODY_TOO_LARGE, "over cctvout.probe.hls.max-playlist=" + cap + " bytes");
    }
}
