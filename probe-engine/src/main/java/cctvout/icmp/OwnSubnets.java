package cctvout.icmp;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Broadcast addresses of the subnets that this machine is in. The kernel refuses them (EACCES) just
 * as it refuses a prohibited route, but the one is a wrong address and the other a cut line. Asks
 * the system, hence for the rare case alone; for one thread.
 */
final class OwnSubnets {

    private static final long KEPT = TimeUnit.SECONDS.toNanos(10);

    private List<InterfaceAddress> addresses = List.of();
    private long readAt;
    private boolean read;

    boolean hasBroadcast(InetAddress target, long now) {
        if (!read || now - readAt > KEPT) {
            read = true;
            readAt = now;
            addresses = addresses();
        }
        return addresses.stream()
                .anyMatch(
                        own ->
                                isBroadcast(
                                        own.getAddress().getAddress(),
                                        own.getNetworkPrefixLength(),
                                        target.getAddress()));
    }

    private static List<InterfaceAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(card -> card.getInterfaceAddresses().stream())
                    .toList();
        } catch (SocketException unknown) {
            return List.of();
        }
    }

    /** The last address of an IPv4 subnet, or its first, which older kernels take for one too. */
    static boolean isBroadcast(byte[] own, int prefix, byte[] target) {
        if (own.length != 4 || target.length != 4 || prefix < 0 || prefix > 30) {
            return false;
        }
        int hosts = -1 >>> prefix;
        int address = bits(target);
        boolean edge = (address & hosts) == hosts || (address & hosts) == 0;
        return edge && (address & ~hosts) == (bits(own) & ~hosts);
    }

    private static int bits(byte[] address) {
        return (address[0] & 0xff) << 24
                | (address[1] & 0xff) << 16
                | (address[2] & 0xff) << 8
                | address[3] & 0xff;
    }
}
