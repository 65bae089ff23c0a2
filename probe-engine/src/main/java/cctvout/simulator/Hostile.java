package cctvout.simulator;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Answers that are made to hurt. */
final class Hostile {

    static final long HUGE = 1L << 30;

    private static final int BLOCK = 1 << 20;
    private static final byte[] ZEROS = new byte[16 * 1024];
    private static final byte[] FIELDS =
            "X-More: 0123456789012345678901234567890123456789\r\n"
                    .repeat(300)
                    .getBytes(StandardCharsets.US_ASCII);

    private Hostile() {}

    static Reply huge(String type) {
        return new Reply.Flood(Reply.head("200 OK", type, HUGE), ZEROS, HUGE);
    }

    static Reply gzipBomb(String type) {
        return Reply.body(type, Bomb.PACKED, "Content-Encoding: gzip");
    }

    /** To itself, as an absolute path. */
    static Reply redirectLoop(String path) {
        return Reply.status("302 Found", "Location: " + path);
    }

    static Reply endlessHeaders() {
        byte[] start = "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);
        return new Reply.Flood(start, FIELDS, HUGE);
    }

    /** Made when first asked for. */
    private static final class Bomb {

        static final byte[] PACKED = pack();

        private Bomb() {}

        /**
         * A gigabyte of zeros as one gzip member (RFC 1952): a megabyte is packed twice, with what
         * is before it and with zeros before it, and the second is repeated.
         */
        private static byte[] pack() {
            var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
            byte[] first = block(deflater);
            byte[] next = block(deflater);
            deflater.end();
            var bytes = new ByteArrayOutputStream();
            bytes.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});
            bytes.writeBytes(first);
            long blocks = HUGE / BLOCK;
            for (long i = 1; i < blocks; i++) {
                bytes.writeBytes(next);
            }
            bytes.writeBytes(new byte[] {3, 0}); // an empty last block
            littleEndian(bytes, crc(blocks));
            littleEndian(bytes, HUGE);
            return bytes.toByteArray();
        }

        private static byte[] block(Deflater deflater) {
            deflater.setInput(new byte[BLOCK]);
            byte[] packed = new byte[BLOCK];
            int length = deflater.deflate(packed, 0, BLOCK, Deflater.SYNC_FLUSH);
            return java.util.Arrays.copyOf(packed, length);
        }

        private static long crc(long blocks) {
            var crc = new CRC32();
            byte[] zeros = new byte[BLOCK];
            for (long i = 0; i < blocks; i++) {
                crc.update(zeros);
            }
            return crc.getValue();
        }

        private static void littleEndian(ByteArrayOutputStream bytes, long value) {
            for (int shift = 0; shift < 32; shift += 8) {
                bytes.write((int) (value >>> shift));
            }
        }
    }
}
