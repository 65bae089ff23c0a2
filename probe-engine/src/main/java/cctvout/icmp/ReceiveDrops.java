package cctvout.icmp;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * How many packets the kernel threw away because a socket's receive buffer was full: answers that
 * came, and that nobody can read any more (SO_MEMINFO, Linux 4.12 or newer). For one thread.
 */
final class ReceiveDrops implements AutoCloseable {

    private static final int SOL_SOCKET = 1;
    private static final int SO_MEMINFO = 55;
    private static final int DROPS = 8; // SK_MEMINFO_DROPS of linux/sock_diag.h
    private static final int VARIABLES = 9;

    private final int fd;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment state = Libc.newState(arena);
    private final MemorySegment values = arena.allocate(ValueLayout.JAVA_INT, VARIABLES);
    private final MemorySegment size = arena.allocate(ValueLayout.JAVA_INT);

    ReceiveDrops(IcmpSocket socket) {
        fd = socket.fd();
    }

    /** Since the socket was opened, modulo 2^32; 0 where the kernel does not say. */
    long count() {
        size.set(ValueLayout.JAVA_INT, 0, (int) values.byteSize());
        if (Libc.getsockopt(state, fd, SOL_SOCKET, SO_MEMINFO, values, size) < 0
                || size.get(ValueLayout.JAVA_INT, 0) < values.byteSize()) {
            return 0;
        }
        return Integer.toUnsignedLong(values.getAtIndex(ValueLayout.JAVA_INT, DROPS));
    }

    @Override
    public void close() {
        arena.close();
    }
}
