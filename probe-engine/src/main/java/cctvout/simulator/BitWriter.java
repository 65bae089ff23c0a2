package cctvout.simulator;

import java.io.ByteArrayOutputStream;

/** Bits, most significant first, and Exp-Golomb codes (ITU-T H.264, 9.1). */
final class BitWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int current;
    private int count;

    BitWriter bits(int value, int width) {
        for (int i = width - 1; i >= 0; i--) {
            current = current << 1 | value >>> i & 1;
            if (++count == 8) {
                bytes.write(current);
                current = 0;
                count = 0;
            }
        }
        return this;
    }

    /** {@code ue(v)}. */
    BitWriter unsigned(int value) {
        int width = 32 - Integer.numberOfLeadingZeros(value + 1);
        return bits(0, width - 1).bits(value + 1, width);
    }

    /** {@code rbsp_trailing_bits}: what was written, as whole bytes. */
    byte[] trailed() {
        bits(1, 1);
        while (count != 0) {
            bits(0, 1);
        }
        return bytes.toByteArray();
    }
}
