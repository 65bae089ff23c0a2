package cctvout.icmp;

import org.jspecify.annotations.Nullable;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * What the kernel keeps of refused packets (IP_RECVERR, ip(7)): for each the echo as it was quoted,
 * where it went, and the ICMP type and code. Reading also clears the socket's pending error, which
 * else fails the next send to anyone. For one thread.
 */
final class ErrorQueue implements AutoCloseable {

    private static final int MSG_ERRQUEUE = 0x2000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final short POLLIN = 1;
    private static final int QUOTE = 128;
    private static final int NAME = 28;
    private static final int CONTROL = 256;
    private static final int CMSG_HEADER = 16;
    private static final int SO_EE_ORIGIN_ICMP = 2;
    private static final int SO_EE_ORIGIN_ICMP6 = 3;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    private final int fd;
    private final IcmpFamily family;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment state = Libc.newState(arena);
    private final MemorySegment message = arena.allocate(56, 8); // struct msghdr
    private final MemorySegment vector = arena.allocate(16, 8); // struct iovec
    private final MemorySegment name = arena.allocate(NAME, 8); // struct sockaddr_in6
    private final MemorySegment quote = arena.allocate(QUOTE, 8);
    private final MemorySegment control = arena.allocate(CONTROL, 8);
    private final MemorySegment pollFd = arena.allocate(8, 4); // struct pollfd
    private final ByteBuffer quoted = quote.asByteBuffer();

    ErrorQueue(IcmpSocket socket) {
        fd = socket.fd();
        family = socket.family();
        vector.set(ValueLayout.ADDRESS, 0, quote);
        vector.set(LONG, 8, QUOTE);
        pollFd.set(INT, 0, fd);
        pollFd.set(ValueLayout.JAVA_SHORT, 4, POLLIN);
    }

    /** Whether a packet waits to be read from the socket, be it a good one. */
    boolean readable() {
        return Libc.poll(state, pollFd) > 0
                && (pollFd.get(ValueLayout.JAVA_SHORT, 6) & POLLIN) != 0;
    }

    /** Reads all there is, at most so many. */
    void drain(int most, Consumer<EchoMessage> refused) {
        for (int i = 0; i < most; i++) {
            message.set(ValueLayout.ADDRESS, 0, name);
            message.set(INT, 8, NAME);
            message.set(ValueLayout.ADDRESS, 16, vector);
            message.set(LONG, 24, 1);
            message.set(ValueLayout.ADDRESS, 32, control);
            message.set(LONG, 40, CONTROL);
            int read = Libc.recvmsg(state, fd, message, MSG_ERRQUEUE | MSG_DONTWAIT);
            if (read < 0) {
                return;
            }
            EchoMessage understood = understand(Math.min(read, QUOTE));
            if (understood != null) {
                refused.accept(understood);
            }
        }
    }

    private @Nullable EchoMessage understand(int length) {
        long end = message.get(LONG, 40);
        for (long at = 0; at + CMSG_HEADER + 16 <= end; ) {
            long size = control.get(LONG, at);
            if (size < CMSG_HEADER) {
                return null;
            }
            int level = control.get(INT, at + 8);
            int type = control.get(INT, at + 12);
            if (level == 0 && type == 11 || level == 41 && type == 25) { // (IPV6_)RECVERR
                return refusal(at + CMSG_HEADER, length);
            }
            at += size + 7 & ~7L;
        }
        return null;
    }

    /** Reads a struct sock_extended_err. */
    private @Nullable EchoMessage refusal(long at, int length) {
        int origin = control.get(ValueLayout.JAVA_BYTE, at + 4);
        int type = control.get(ValueLayout.JAVA_BYTE, at + 5) & 0xff;
        int code = control.get(ValueLayout.JAVA_BYTE, at + 6) & 0xff;
        if (origin != SO_EE_ORIGIN_ICMP && origin != SO_EE_ORIGIN_ICMP6) {
            return null;
        }
        Refusal refusal = Refusal.of(family, type, code);
        if (refusal == null) {
            return null;
        }
        byte[] target =
                family == IcmpFamily.V4
                        ? name.asSlice(4, 4).toArray(ValueLayout.JAVA_BYTE)
                        : name.asSlice(8, 16).toArray(ValueLayout.JAVA_BYTE);
        quoted.limit(length);
        return EchoPacket.quoted(quoted, 0, family, refusal, target);
    }

    @Override
    public void close() {
        arena.close();
    }
}
