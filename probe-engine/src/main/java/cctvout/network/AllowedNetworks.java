package cctvout.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Where the network may be reached. The special ranges (IANA IPv4 and IPv6 Special-Purpose Address
 * Registries, RFC 6890) are closed unless a range that lies within them is named; an IPv4 address
 * inside an IPv6 one (mapped, NAT64, 6to4) is judged as the IPv4 address that it reaches.
 */
public final class AllowedNetworks {

    private static final List<Cidr> PRIVATE =
            ranges("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7");

    private static final List<Cidr> SPECIAL =
            ranges(
                    "0.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/128",
                    "::1/128",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "3fff::/20",
                    "5f00::/16",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8");

    private static final Cidr MULTICAST_4 = Cidr.parse("224.0.0.0/4");
    private static final Cidr MULTICAST_6 = Cidr.parse("ff00::/8");
    private static final Cidr BROADCAST = Cidr.parse("255.255.255.255/32");

    private final boolean privates;
    private final boolean publics;
    private final List<Cidr> named;

    private AllowedNetworks(boolean privates, boolean publics, List<Cidr> named) {
        this.privates = privates;
        this.publics = publics;
        this.named = named;
    }

    /** RFC 1918 (and RFC 4193) and public addresses. */
    public static AllowedNetworks standard() {
        return new AllowedNetworks(true, true, List.of());
    }

    /** Whatever a caller at the console names, but multicast and broadcast. */
    public static AllowedNetworks everywhere() {
        return new AllowedNetworks(true, true, ranges("0.0.0.0/0", "::/0"));
    }

    /**
     * @param list CIDR ranges, and the words {@code private} (RFC 1918, RFC 4193) and {@code
     *     public}; empty for {@link #standard()}
     * @throws IllegalArgumentException that names the entry which is neither
     */
    public static AllowedNetworks of(List<String> list) {
        if (list.isEmpty()) {
            return standard();
        }
        boolean privates = false;
        boolean publics = false;
        List<Cidr> named = new ArrayList<>();
        for (String entry : list) {
            switch (entry.strip()) {
                case "private" -> privates = true;
                case "public" -> publics = true;
                default -> named.add(Cidr.parse(entry));
            }
        }
        return new AllowedNetworks(privates, publics, List.copyOf(named));
    }

    /** May this address be connected to, or pinged? Multicast and broadcast never. */
    public boolean allows(InetAddress address) {
        byte[] target = reached(address.getAddress());
        if (in(List.of(MULTICAST_4, MULTICAST_6, BROADCAST), target)) {
            return false;
        }
        if (in(named, target)) {
            return true;
        }
        if (in(SPECIAL, target)) {
            return false;
        }
        return in(PRIVATE, target) ? privates : publics;
    }

    /**
     * May it be registered? An ordinary address outside the list may (it is then not probed, and
     * says so); one in a special range that is not named may not.
     */
    public boolean registrable(InetAddress address) {
        return allows(address) || !in(SPECIAL, reached(address.getAddress()));
    }

    /** The IPv4 address that an IPv6 one stands for, else the address itself. */
    private static byte[] reached(byte[] address) {
        if (address.length != 16) {
            return address;
        }
        boolean zeros = allZero(address, 0, 10);
        if (zeros && address[10] == -1 && address[11] == -1) { // ::ffff:0:0/96
            return Arrays.copyOfRange(address, 12, 16);
        }
        if (zeros && allZero(address, 10, 12) && !allZero(address, 12, 15)) { // ::/96, deprecated
            return Arrays.copyOfRange(address, 12, 16);
        }
        if (startsWith(address, 0x00, 0x64, 0xff, 0x9b) && allZero(address, 4, 12)) { // RFC 6052
            return Arrays.copyOfRange(address, 12, 16);
        }
        if (startsWith(address, 0x20, 0x02)) { // 6to4, RFC 3056
            return Arrays.copyOfRange(address, 2, 6);
        }
        return address;
    }

    private static boolean startsWith(byte[] address, int... head) {
        for (int i = 0; i < head.length; i++) {
            if ((address[i] & 0xff) != head[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean allZero(byte[] address, int from, int to) {
        for (int i = from; i < to; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean in(List<Cidr> ranges, byte[] address) {
        for (Cidr range : ranges) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static List<Cidr> ranges(String... texts) {
        return Arrays.stream(texts).map(Cidr::parse).toList();
    }
}
