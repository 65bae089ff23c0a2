package cctvout.hls;

import io.netty.buffer.ByteBuf;

import java.util.Arrays;

/** Gathers a body up to a cap. Confined to one event loop. */
final class BodyBuffer {

    private static final byte[] NONE = new byte[0];

    /** What is announced is believed so far; for more there is room once it has come. */
    private static final int BELIEVED = 64 * 1024;

    private final int cap;
    private final boolean head;
    private byte[] bytes = NONE;
    private int length;
    private int expected;

    BodyBuffer(Inquiry inquiry) {
        this.cap = inquiry.cap();
        this.head = inquiry.head();
    }

    /** The length that the head announces, bytes; below zero: none. */
    void expect(long announced) {
        expected = (int) Math.clamp(announced, 0, Math.min(cap, BELIEVED));
    }

    /**
     * Copies; the caller keeps the buffer.
     *
     * @return true where nothing more is wanted
     * @throws StreamFault {@link HlsReason#BODY_TOO_LARGE}
     */
    boolean add(ByteBuf buffer) {
        int readable = buffer.readableBytes();
        if (!head && readable > cap - length) {
            throw tooLarge(cap);
        }
        int taken = Math.min(readable, cap - length);
        if (length + taken > bytes.length) {
            int grown = Math.max(length + taken, Math.max(expected, bytes.length * 2));
            bytes = Arrays.copyOf(bytes, Math.min(cap, grown));
        }
        buffer.getBytes(buffer.readerIndex(), bytes, length, taken);
        length += taken;
        return head && length == cap;
    }

    byte[] bytes() {
        return bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
    }

    static StreamFault tooLarge(int cap) {
        return new StreamFault(
                HlsReason.BODY_TOO_LARGE, "over cctvout.probe.hls.max-playlist=" + cap + " bytes");
    }
}
