package cctvout.icmp;

import java.net.Inet4Address;
import java.net.InetAddress;

/** ICMP (RFC 792) or ICMPv6 (RFC 4443): the numbers that differ. */
enum IcmpFamily {
    V4(8, 0, 3, 11),
    V6(128, 129, 1, 3);

    final int request;
    final int reply;
    final int unreachable;
    final int timeExceeded;

    IcmpFamily(int request, int reply, int unreachable, int timeExceeded) {
        this.request = request;
        this.reply = reply;
        this.unreachable = unreachable;
        this.timeExceeded = timeExceeded;
    }

    static IcmpFamily of(InetAddress address) {
        return address instanceof Inet4Address ? V4 : V6;
    }
}
