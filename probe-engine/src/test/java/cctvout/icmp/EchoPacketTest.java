package cctvout.icmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Random;

class EchoPacketTest {

    @Test
    void checksumIsThatOfRfc1071() {
        // section 3: 0001 f203 f4f5 f6f7 sum to ddf2
        assertThat(EchoPacket.checksum(hex("0001f203f4f5f6f7"), 0, 8)).isEqualTo(~0xddf2 & 0xffff);
        assertThat(EchoPacket.checksum(hex("0001f203f4f5f6f7220d"), 0, 10)).isZero();
        assertThat(EchoPacket.checksum(hex("ff"), 0, 1)).isEqualTo(0x00ff);
        assertThat(EchoPacket.checksum(hex(""), 0, 0)).isEqualTo(0xffff);
        assertThat(EchoPacket.checksum(ByteBuffer.allocate(65_535), 0, 65_535)).isEqualTo(0xffff);
    }

    @Test
    void requestHasTypeNumbersMarkAndChecksum() {
        for (int size : new int[] {20, 21, 64, 1_408}) {
            ByteBuffer packet = ByteBuffer.allocate(size);
            EchoPacket.write(packet, IcmpFamily.V4, 0xbeef, 0xfffe, 0x1fffe, -2);
            assertThat(packet.get(0)).isEqualTo((byte) 8);
            assertThat(packet.getShort(4)).isEqualTo((short) 0xbeef);
            assertThat(packet.getShort(6)).isEqualTo((short) 0xfffe);
            assertThat(packet.getInt(8)).isEqualTo(0x1fffe);
            assertThat(packet.getLong(12)).isEqualTo(-2);
            assertThat(EchoPacket.checksum(packet, 0, size)).isZero();
        }
        ByteBuffer six = ByteBuffer.allocate(20);
        EchoPacket.write(six, IcmpFamily.V6, 1, 2, 3, 4);
        assertThat(six.get(0)).isEqualTo((byte) 128);
    }

    @Test
    void answerIsReadInBothFamiliesAndBehindAnIpHeader() {
        EchoMessage.Reply expected = new EchoMessage.Reply(7, 9, 0x10009, 42);
        assertThat(EchoPacket.read(answer(IcmpFamily.V4, 64), IcmpFamily.V4, false))
                .isEqualTo(expected);
        assertThat(EchoPacket.read(answer(IcmpFamily.V6, 64), IcmpFamily.V6, false))
                .isEqualTo(expected);
        for (int options : new int[] {0, 4, 40}) {
            ByteBuffer behind = ipHeader(options, answer(IcmpFamily.V4, 33));
            assertThat(EchoPacket.read(behind, IcmpFamily.V4, true)).isEqualTo(expected);
        }
    }

    @Test
    void rawAnswerWithAWrongChecksumIsNone() {
        ByteBuffer packet = ipHeader(0, answer(IcmpFamily.V4, 64));
        packet.put(60, (byte) 1);
        assertThat(EchoPacket.read(packet, IcmpFamily.V4, true)).isNull();
    }

    @Test
    void refusalNamesItsReasonAndTheEchoThatItQuotes() {
        assertThat(EchoPacket.read(refusal(1, 64), IcmpFamily.V4, true))
                .isInstanceOfSatisfying(
                        EchoMessage.Refused.class,
                        refused -> {
                            assertThat(refused.refusal()).isEqualTo(Refusal.HOST_UNREACHABLE);
                            assertThat(refused.target()).containsExactly(127, 9, 8, 7);
                            assertThat(refused.sequence()).isEqualTo(9);
                            assertThat(refused.marked()).isTrue();
                            assertThat(refused.slot()).isEqualTo(0x10009);
                            assertThat(refused.token()).isEqualTo(42);
                        });
        assertThat(EchoPacket.read(refusal(13, 8), IcmpFamily.V4, true))
                .isInstanceOfSatisfying(
                        EchoMessage.Refused.class,
                        refused -> {
                            assertThat(refused.refusal()).isEqualTo(Refusal.PROHIBITED);
                            assertThat(refused.marked()).isFalse();
                        });
        assertThat(EchoPacket.read(refusal(4, 64), IcmpFamily.V4, true)).isNull(); // too big
        assertThat(EchoPacket.read(refusal(1, 7), IcmpFamily.V4, true)).isNull();
    }

    @Test
    void ownRequestsAndOtherTypesAreNoAnswers() {
        ByteBuffer request = ByteBuffer.allocate(64);
        EchoPacket.write(request, IcmpFamily.V4, 1, 2, 3, 4);
        assertThat(EchoPacket.read(request.flip(), IcmpFamily.V4, false)).isNull();
        ByteBuffer redirect = ByteBuffer.allocate(64).put(0, (byte) 5);
        assertThat(EchoPacket.read(redirect, IcmpFamily.V4, false)).isNull();
    }

    @Test
    void whateverComesIsReadWithoutAnError() {
        Random random = new Random(20260101);
        ByteBuffer[] good = {
            answer(IcmpFamily.V4, 64),
            answer(IcmpFamily.V6, 64),
            ipHeader(8, answer(IcmpFamily.V4, 64)),
            refusal(1, 64)
        };
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes;
            if (i % 2 == 0) {
                bytes = new byte[random.nextInt(120)];
                random.nextBytes(bytes);
            } else {
                byte[] whole = good[random.nextInt(good.length)].array();
                bytes = java.util.Arrays.copyOf(whole, random.nextInt(whole.length + 1));
                for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            IcmpFamily family = IcmpFamily.values()[random.nextInt(2)];
            boolean header = family == IcmpFamily.V4 && random.nextBoolean();
            assertThatCode(() -> EchoPacket.read(ByteBuffer.wrap(bytes), family, header))
                    .as(HexFormat.of().formatHex(bytes))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void tokensAreThoseOfTheReferenceVector() {
        // the authors' vectors_sip64, 8 bytes: 00 01 .. 07 under the key 00 01 .. 0f
        SipHash hash = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);
        assertThat(hash.of(0x0706050403020100L)).isEqualTo(0x93f5f5799a932462L);
    }

    private static ByteBuffer answer(IcmpFamily family, int size) {
        ByteBuffer packet = ByteBuffer.allocate(size);
        EchoPacket.write(packet, family, 7, 9, 0x10009, 42);
        packet.flip().put(0, (byte) family.reply);
        packet.putShort(2, (short) 0);
        packet.putShort(2, (short) EchoPacket.checksum(packet, 0, size));
        return packet;
    }

    private static ByteBuffer refusal(int code, int quotedBytes) {
        ByteBuffer request = ByteBuffer.allocate(64);
        EchoPacket.write(request, IcmpFamily.V4, 7, 9, 0x10009, 42);
        ByteBuffer quoted = ipHeader(0, request.flip().limit(quotedBytes));
        ByteBuffer packet = ByteBuffer.allocate(8 + quoted.limit());
        packet.put((byte) 3).put((byte) code).putShort((short) 0).putInt(0).put(quoted).flip();
        packet.putShort(2, (short) EchoPacket.checksum(packet, 0, packet.limit()));
        return ipHeader(0, packet);
    }

    private static ByteBuffer ipHeader(int options, ByteBuffer content) {
        ByteBuffer packet = ByteBuffer.allocate(20 + options + content.remaining());
        packet.put((byte) (0x45 + options / 4)).put(9, (byte) 1);
        packet.put(16, new byte[] {127, 9, 8, 7});
        packet.position(20 + options).put(content.duplicate()).flip();
        return packet;
    }

    private static ByteBuffer hex(String digits) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(digits));
    }
}
