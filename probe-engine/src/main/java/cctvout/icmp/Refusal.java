package cctvout.icmp;

import org.jspecify.annotations.Nullable;

/** A definite no: from a router or the host itself (ICMP), or from our own kernel at send. */
enum Refusal {
    HOST_UNREACHABLE,
    NET_UNREACHABLE,
    PROHIBITED,
    NO_ROUTE,
    SEND_ERROR;

    /** Errno values of Linux, the same on all of its processors but MIPS, Alpha, SPARC, PA-RISC. */
    static final int EACCES = 13;

    static final int ENETUNREACH = 101;
    static final int EHOSTUNREACH = 113;

    /** RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1; null where it is not final. */
    static @Nullable Refusal of(IcmpFamily family, int type, int code) {
        if (type == family.timeExceeded) {
            return code == 0 ? NET_UNREACHABLE : null; // a routing loop
        }
        if (type != family.unreachable) {
            return null;
        }
        return family == IcmpFamily.V4 ? unreachable(code) : unreachable6(code);
    }

    /** What the kernel said to a send; a full buffer is not among them. */
    static Refusal ofErrno(int errno) {
        return switch (errno) {
            case ENETUNREACH, EHOSTUNREACH -> NO_ROUTE;
            case EACCES -> PROHIBITED;
            default -> SEND_ERROR;
        };
    }

    private static @Nullable Refusal unreachable(int code) {
        return switch (code) {
            case 0, 5, 6, 11 -> NET_UNREACHABLE;
            case 1, 7, 8, 12 -> HOST_UNREACHABLE;
            case 2, 3, 9, 10, 13, 14, 15 -> PROHIBITED; // 3: what firewalls say by default
            default -> null;
        };
    }

    /** RFC 4443 section 3.1. */
    private static @Nullable Refusal unreachable6(int code) {
        return switch (code) {
            case 0, 2 -> NET_UNREACHABLE;
            case 3 -> HOST_UNREACHABLE;
            case 1, 4, 5, 6 -> PROHIBITED;
            default -> null;
        };
    }
}
