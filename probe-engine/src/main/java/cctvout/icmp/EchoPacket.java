package cctvout.icmp;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * Echo requests written, and replies and refusals read: RFC 792 and RFC 4443. The payload begins
 * with slot (4 bytes) and token (8 bytes), by which an answer is known to be ours. Reading never
 * throws: what is too short or of another kind is null.
 */
final class EchoPacket {

    static final int HEADER = 8;
    static final int MARK = 12;

    private static final int IPV6_HEADER = 40;
    private static final int PROTOCOL_ICMP = 1;
    private static final int PROTOCOL_ICMPV6 = 58;

    private EchoPacket() {}

    /**
     * Fills all that remains of the buffer, at least {@link #HEADER} + {@link #MARK} bytes. The
     * kernel replaces the checksum of ICMPv6, and of unprivileged sockets.
     */
    static void write(
            ByteBuffer into,
            IcmpFamily family,
            int identifier,
            int sequence,
            int slot,
            long token) {
        int start = into.position();
        int end = into.limit();
        into.put((byte) family.request).put((byte) 0).putShort((short) 0);
        into.putShort((short) identifier).putShort((short) sequence);
        into.putInt(slot).putLong(token);
        while (into.hasRemaining()) {
            into.put((byte) 0);
        }
        if (family == IcmpFamily.V4) {
            into.putShort(start + 2, (short) checksum(into, start, end));
        }
    }

    /**
     * @param ipHeader whether an IPv4 header comes first, and the checksum is still to be verified:
     *     so a raw socket has it
     */
    static @Nullable EchoMessage read(ByteBuffer packet, IcmpFamily family, boolean ipHeader) {
        int at = packet.position();
        if (ipHeader) {
            at = afterIpHeader(packet, at, IcmpFamily.V4);
            if (at < 0 || checksum(packet, at, packet.limit()) != 0) {
                return null;
            }
        }
        if (packet.limit() - at < HEADER) {
            return null;
        }
        int type = packet.get(at) & 0xff;
        if (type == family.reply) {
            return packet.limit() - at < HEADER + MARK ? null : reply(packet, at);
        }
        Refusal refusal = Refusal.of(family, type, packet.get(at + 1) & 0xff);
        return refusal == null ? null : refused(packet, at + HEADER, family, refusal);
    }

    /** An error message quotes the packet that it refuses, from its IP header on. */
    private static @Nullable EchoMessage refused(
            ByteBuffer packet, int quote, IcmpFamily family, Refusal refusal) {
        int icmp = afterIpHeader(packet, quote, family);
        if (icmp < 0) {
            return null;
        }
        byte[] target = new byte[family == IcmpFamily.V4 ? 4 : 16];
        packet.get(quote + (family == IcmpFamily.V4 ? 16 : 24), target);
        return quoted(packet, icmp, family, refusal, target);
    }

    /**
     * @param at where the quoted ICMP header begins
     */
    static @Nullable EchoMessage quoted(
            ByteBuffer packet, int at, IcmpFamily family, Refusal refusal, byte[] target) {
        int left = packet.limit() - at;
        if (left < HEADER || (packet.get(at) & 0xff) != family.request) {
            return null;
        }
        boolean marked = left >= HEADER + MARK;
        return new EchoMessage.Refused(
                refusal,
                target,
                packet.getShort(at + 4) & 0xffff,
                packet.getShort(at + 6) & 0xffff,
                marked,
                marked ? packet.getInt(at + HEADER) : 0,
                marked ? packet.getLong(at + HEADER + 4) : 0);
    }

    private static EchoMessage reply(ByteBuffer packet, int at) {
        return new EchoMessage.Reply(
                packet.getShort(at + 4) & 0xffff,
                packet.getShort(at + 6) & 0xffff,
                packet.getInt(at + HEADER),
                packet.getLong(at + HEADER + 4));
    }

    /** Where ICMP begins after an IP header, or -1 where there is no such thing. */
    private static int afterIpHeader(ByteBuffer packet, int at, IcmpFamily family) {
        int left = packet.limit() - at;
        if (family == IcmpFamily.V6) {
            boolean icmp =
                    left >= IPV6_HEADER
                            && (packet.get(at) & 0xf0) == 0x60
                            && packet.get(at + 6) == PROTOCOL_ICMPV6;
            return icmp ? at + IPV6_HEADER : -1;
        }
        if (left < 20 || (packet.get(at) & 0xf0) != 0x40 || packet.get(at + 9) != PROTOCOL_ICMP) {
            return -1;
        }
        int header = (packet.get(at) & 0x0f) * 4;
        return header < 20 || header > left ? -1 : at + header;
    }

    /** RFC 1071: 0 over a message that holds its right checksum. */
    static int checksum(ByteBuffer bytes, int from, int to) {
        long sum = 0;
        int at = from;
        for (; at + 1 < to; at += 2) {
            sum += bytes.getShort(at) & 0xffff;
        }
        if (at < to) {
            sum += (bytes.get(at) & 0xff) << 8;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) ~sum & 0xffff;
    }
}
