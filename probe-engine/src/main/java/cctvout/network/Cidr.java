package cctvout.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * An address range in CIDR notation (RFC 4632, RFC 4291 section 2.3).
 *
 * @param network first address, 4 or 16 bytes
 * @param prefixLength 0 to 32, or to 128
 */
record Cidr(byte[] network, int prefixLength) {

    /** Errors with {@link IllegalArgumentException} that names what was given. */
    static Cidr parse(String text) {
        String range = text.strip();
        int slash = range.indexOf('/');
        byte[] address = literal(slash < 0 ? range : range.substring(0, slash), text);
        int bits = address.length * 8;
        int prefix = bits;
        if (slash >= 0) {
            try {
                prefix = Integer.parseInt(range.substring(slash + 1));
            } catch (NumberFormatException notANumber) {
                throw new IllegalArgumentException("not an address range: " + text, notANumber);
            }
        }
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(
                    "prefix of " + text + " is not between 0 and " + bits);
        }
        return new Cidr(address, prefix);
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = prefixLength / 8;
        if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = prefixLength % 8;
        int mask = 0xff00 >> rest & 0xff;
        return rest == 0 || (address[whole] & mask) == (network[whole] & mask);
    }

    private static byte[] literal(String host, String text) {
        // ofLiteral (JDK 22) never asks a name server
        try {
            return InetAddress.ofLiteral(host).getAddress();
        } catch (IllegalArgumentException notALiteral) {
            throw new IllegalArgumentException("not an address range: " + text, notALiteral);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr cidr
                && prefixLength == cidr.prefixLength
                && Arrays.equals(network, cidr.network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefixLength;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(network).getHostAddress() + "/" + prefixLength;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
