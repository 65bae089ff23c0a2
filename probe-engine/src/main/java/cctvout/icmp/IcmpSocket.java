package cctvout.icmp;

import static cctvout.icmp.IcmpFamily.V4;

import cctvout.icmp.IcmpSettings.SocketKind;

/**
 * A file descriptor of an ICMP socket, with its options set.
 *
 * @param raw whether it is a raw socket: it sees the answers to others, IPv4 headers and refusals;
 *     the other kind sees none of these, its refusals come by the error queue
 */
record IcmpSocket(int fd, IcmpFamily family, boolean raw) {

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int IPPROTO_ICMP = 1;
    private static final int IPPROTO_ICMPV6 = 58;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int SO_RCVBUF = 8;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_IP = 0;
    private static final int IP_RECVERR = 11;
    private static final int SOL_IPV6 = 41;
    private static final int IPV6_RECVERR = 25;
    private static final int SOL_RAW = 255;
    private static final int ICMP_FILTER = 1;
    private static final int ICMPV6_FILTER = 1;
    private static final int SEND_BUFFER = 1 << 20;

    /**
     * Opens the kind that is wanted and allowed.
     *
     * @throws Refused with the errno of the last try
     */
    static IcmpSocket open(IcmpFamily family, SocketKind wanted, int receiveBuffer) throws Refused {
        int errno = 0;
        if (wanted != SocketKind.RAW) {
            int fd = socket(family, SOCK_DGRAM);
            if (fd >= 0) {
                return ready(new IcmpSocket(fd, family, false), receiveBuffer);
            }
            errno = -fd;
        }
        if (wanted != SocketKind.DGRAM) {
            int fd = socket(family, SOCK_RAW);
            if (fd >= 0) {
                return ready(new IcmpSocket(fd, family, true), receiveBuffer);
            }
            errno = -fd;
        }
        throw new Refused(errno);
    }

    private static int socket(IcmpFamily family, int type) {
        return family == V4
                ? Libc.socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_ICMP)
                : Libc.socket(AF_INET6, type | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_ICMPV6);
    }

    private static IcmpSocket ready(IcmpSocket socket, int receiveBuffer) throws Refused {
        int fd = socket.fd;
        // FORCE needs CAP_NET_ADMIN; else the kernel grants up to net.core.rmem_max
        if (Libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, receiveBuffer) < 0) {
            Libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, receiveBuffer);
        }
        Libc.setsockopt(fd, SOL_SOCKET, SO_SNDBUF, SEND_BUFFER);
        int done = socket.raw ? socket.filter() : socket.wantErrors();
        if (done < 0) {
            Libc.close(fd);
            throw new Refused(-done);
        }
        return socket;
    }

    /** Lets answers and refusals through alone: a set bit of the filter keeps a type out. */
    private int filter() {
        if (family == V4) {
            return Libc.setsockopt(
                    fd, SOL_RAW, ICMP_FILTER, ~(1 << V4.reply | 1 << V4.unreachable | 1 << 11));
        }
        int[] blocked = {-1, -1, -1, -1, -1, -1, -1, -1};
        for (int type : new int[] {family.reply, family.unreachable, family.timeExceeded}) {
            blocked[type >> 5] &= ~(1 << (type & 31));
        }
        return Libc.setsockopt(fd, IPPROTO_ICMPV6, ICMPV6_FILTER, blocked);
    }

    private int wantErrors() {
        return family == V4
                ? Libc.setsockopt(fd, SOL_IP, IP_RECVERR, 1)
                : Libc.setsockopt(fd, SOL_IPV6, IPV6_RECVERR, 1);
    }

    void close() {
        Libc.close(fd);
    }

    /** The system does not let us have such a socket. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        final int errno;

        Refused(int errno) {
            super("no ICMP socket: errno " + errno, null, false, false);
            this.errno = errno;
        }

        boolean forbidden() {
            return errno == Libc.EPERM || errno == Refusal.EACCES;
        }
    }
}
