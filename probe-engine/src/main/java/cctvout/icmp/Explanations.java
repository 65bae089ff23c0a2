package cctvout.icmp;

import cctvout.icmp.IcmpProber.Mode;

/** What an administrator reads about the ICMP socket. */
final class Explanations {

    static final String NOT_LINUX =
            "ICMP needs Linux on x86-64 or AArch64 with epoll; here only HLS is checked.";

    private Explanations() {}

    static String of(Mode mode) {
        return switch (mode) {
            case DGRAM -> "Unprivileged ICMP socket (net.ipv4.ping_group_range allows it).";
            case RAW -> "Raw ICMP socket (the process runs as root or has CAP_NET_RAW).";
            case UNAVAILABLE -> "No ICMP socket.";
        };
    }

    static String of(IcmpSocket.Refused refused) {
        if (!refused.forbidden()) {
            return "The system gives no ICMP socket (errno %d); only HLS is checked."
                    .formatted(refused.errno);
        }
        return """
        This process may not open an ICMP socket; only HLS is checked. Allow it with \
        sysctl -w net.ipv4.ping_group_range="0 2147483647", or give the process CAP_NET_RAW \
        (container: --cap-add NET_RAW; systemd: AmbientCapabilities=CAP_NET_RAW), \
        and start it again.""";
    }
}
