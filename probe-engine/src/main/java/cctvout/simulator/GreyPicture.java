package cctvout.simulator;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * H.264 access units of an even grey picture, 640 by 352, Constrained Baseline, level 3.0: the
 * first is an IDR picture in which each macroblock is predicted and has no residual, the others
 * skip all macroblocks (ITU-T H.264, 7.3). Filled up with filler data to the size that is wanted.
 */
final class GreyPicture {

    static final int WIDTH = 640;
    static final int HEIGHT = 352;

    private static final int MACROBLOCKS = WIDTH / 16 * (HEIGHT / 16);
    private static final int PROFILE = 66;
    private static final int CONSTRAINTS = 0xc0;
    private static final int LEVEL = 30;
    private static final int FRAME_NUMBER_BITS = 8;
    // an empty filler NAL unit: start code, header, trailing bits
    private static final int LEAST_FILLER = 6;

    /** RFC 6381 name of the codec. */
    static final String CODEC = "avc1.%02x%02x%02x".formatted(PROFILE, CONSTRAINTS, LEVEL);

    private GreyPicture() {}

    /** Exactly {@code size} bytes; {@code index} 0 is the IDR picture, up to 255. */
    static byte[] accessUnit(int index, int size) {
        var unit = new ByteArrayOutputStream(size);
        nal(unit, 0x09, new byte[] {(byte) (index == 0 ? 0x10 : 0x30)});
        if (index == 0) {
            nal(unit, 0x67, sequenceParameters());
            nal(unit, 0x68, pictureParameters());
            nal(unit, 0x65, idrSlice());
        } else {
            nal(unit, 0x61, skippedSlice(index));
        }
        int rest = size - unit.size();
        if (rest < LEAST_FILLER) {
            throw new IllegalArgumentException("access unit of " + unit.size() + " in " + size);
        }
        byte[] filler = new byte[rest - LEAST_FILLER + 1];
        Arrays.fill(filler, (byte) 0xff);
        filler[filler.length - 1] = (byte) 0x80;
        nal(unit, 0x0c, filler);
        return unit.toByteArray();
    }

    private static byte[] sequenceParameters() {
        return new BitWriter()
                .bits(PROFILE, 8)
                .bits(CONSTRAINTS, 8)
                .bits(LEVEL, 8)
                .unsigned(0) // its id
                .unsigned(FRAME_NUMBER_BITS - 4)
                .unsigned(2) // output order is decoding order
                .unsigned(1) // one reference frame
                .bits(0, 1) // no gaps
                .unsigned(WIDTH / 16 - 1)
                .unsigned(HEIGHT / 16 - 1)
                .bits(0b1100, 4) // frames only, 8x8 inference, no cropping, no VUI
                .trailed();
    }

    private static byte[] pictureParameters() {
        return new BitWriter()
                .unsigned(0) // its id
                .unsigned(0) // of that sequence
                .bits(0, 2) // CAVLC, no field order
                .unsigned(0) // one slice group
                .unsigned(0) // one reference in list 0
                .unsigned(0) // and in list 1
                .bits(0, 3) // no weights
                .unsigned(0) // QP 26
                .unsigned(0)
                .unsigned(0)
                .bits(0, 3) // no deblocking control, no constrained intra, no redundance
                .trailed();
    }

    private static byte[] idrSlice() {
        BitWriter slice =
                new BitWriter()
                        .unsigned(0) // first macroblock
                        .unsigned(7) // I
                        .unsigned(0)
                        .bits(0, FRAME_NUMBER_BITS)
                        .unsigned(0) // idr_pic_id
                        .bits(0, 2) // reference marking
                        .unsigned(0); // QP delta
        for (int i = 0; i < MACROBLOCKS; i++) {
            // I_16x16, DC prediction, no coefficients; chroma DC; QP delta 0; empty DC block
            slice.unsigned(3).unsigned(0).unsigned(0).bits(1, 1);
        }
        return slice.trailed();
    }

    private static byte[] skippedSlice(int index) {
        return new BitWriter()
                .unsigned(0)
                .unsigned(5) // P
                .unsigned(0)
                .bits(index, FRAME_NUMBER_BITS)
                .bits(0, 3) // default references, no reordering, sliding window
                .unsigned(0)
                .unsigned(MACROBLOCKS) // all skipped
                .trailed();
    }

    private static void nal(ByteArrayOutputStream out, int header, byte[] payload) {
        out.writeBytes(new byte[] {0, 0, 0, 1, (byte) header});
        int zeros = 0;
        for (byte value : payload) {
            if (zeros >= 2 && (value & 0xfc) == 0) {
                out.write(3); // emulation prevention
                zeros = 0;
            }
            out.write(value);
            zeros = value == 0 ? zeros + 1 : 0;
        }
    }
}
