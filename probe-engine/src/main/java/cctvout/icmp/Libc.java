package cctvout.icmp;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The system calls on a socket that Netty has no door to, through the FFM API. Each returns what
 * the call did, or {@code -errno}. Numbers are those of Linux on x86-64 and AArch64.
 */
final class Libc {

    static final int EPERM = 1;
    static final int EAGAIN = 11;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO =
            STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SOCKET =
            call("socket", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle CLOSE = call("close", ValueLayout.JAVA_INT);
    private static final MethodHandle SETSOCKOPT =
            call(
                    "setsockopt",
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.JAVA_INT);
    private static final MethodHandle GETSOCKOPT =
            call(
                    "getsockopt",
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS);
    private static final MethodHandle POLL =
            call("poll", ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
    private static final MethodHandle RECVMSG =
            call("recvmsg", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);

    private Libc() {}

    private static MethodHandle call(String name, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments),
                Linker.Option.captureCallState("errno"));
    }

    static MemorySegment newState(Arena arena) {
        return arena.allocate(STATE);
    }

    static int socket(int domain, int type, int protocol) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = newState(arena);
            return result(state, (int) SOCKET.invokeExact(state, domain, type, protocol));
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static int close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = newState(arena);
            return result(state, (int) CLOSE.invokeExact(state, fd));
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static int setsockopt(int fd, int level, int option, int... values) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = newState(arena);
            MemorySegment value = arena.allocateFrom(ValueLayout.JAVA_INT, values);
            int size = (int) value.byteSize();
            return result(
                    state, (int) SETSOCKOPT.invokeExact(state, fd, level, option, value, size));
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * @param size of the value, in and out
     */
    static int getsockopt(
            MemorySegment state,
            int fd,
            int level,
            int option,
            MemorySegment value,
            MemorySegment size) {
        try {
            return result(
                    state, (int) GETSOCKOPT.invokeExact(state, fd, level, option, value, size));
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Does not wait. */
    static int poll(MemorySegment state, MemorySegment pollFd) {
        try {
            return result(state, (int) POLL.invokeExact(state, pollFd, 1L, 0));
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static int recvmsg(MemorySegment state, int fd, MemorySegment message, int flags) {
        try {
            // ssize_t: what we read fits into its lower half
            return result(state, (int) RECVMSG.invokeExact(state, fd, message, flags));
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static int result(MemorySegment state, int returned) {
        return returned >= 0 ? returned : -(int) ERRNO.get(state, 0L);
    }
}
