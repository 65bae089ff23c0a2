package cctvout.hls;

import io.netty.buffer.ByteBuf;

import java.util.Arrays;

/** Gathers a body up to a cap. Confined to one event loop. */
final class BodyBuffer {

    private static final byte[] NONE = new byte[0];

    private final int cap;
    private final boolean head;
    private byte[] bytes = NONE;
    private int length;

    BodyBuffer(Inquiry inquiry) {
        this.cap = inquiry.cap();
        this.head = inquiry.head();
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
            int grown = Math.max(length + taken, bytes.length * 2); // most come in one piece
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
