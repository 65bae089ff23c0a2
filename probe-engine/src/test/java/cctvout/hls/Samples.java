package cctvout.hls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Media and playlists as servers send them. */
final class Samples {

    private static final int PACKET = 188;

    private Samples() {}

    /** A transport stream whose programme map names these stream types. */
    static byte[] ts(int packets, int... streamTypes) {
        byte[] data = new byte[packets * PACKET];
        Arrays.fill(data, (byte) 0xff);
        for (int i = 0; i < packets; i++) {
            header(data, i, 0x101, false);
        }
        header(data, 0, 0, true);
        section(data, 0, pat());
        header(data, 1, 0x1000, true);
        section(data, 1, pmt(streamTypes));
        return data;
    }

    /** H.264 and AAC. */
    static byte[] ts(int packets) {
        return ts(packets, 0x1b, 0x0f);
    }

    /** With a picture that is shown at this time, in ticks of 90 kHz. */
    static byte[] tsAt(long pts) {
        byte[] data = ts(20);
        header(data, 2, 0x101, true);
        byte[] pes =
                bytes(
                        0,
                        0,
                        1,
                        0xe0,
                        0,
                        0,
                        0x80,
                        0x80,
                        5,
                        (int) (0x21 | pts >>> 29 & 0x0e),
                        (int) (pts >>> 22),
                        (int) (pts >>> 14 | 1),
                        (int) (pts >>> 7),
                        (int) (pts << 1 | 1));
        System.arraycopy(pes, 0, data, 2 * PACKET + 4, pes.length);
        return data;
    }

    /** A box around others. */
    static byte[] nested(String type, byte[]... children) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] child : children) {
            content.writeBytes(child);
        }
        byte[] box = box(type, 8 + content.size());
        System.arraycopy(content.toByteArray(), 0, box, 8, content.size());
        return box;
    }

    /** An initialization section with a track for each handler: vide, soun, ... */
    static byte[] init(String... handlers) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(box("ftyp", 24));
        byte[][] tracks = new byte[handlers.length + 1][];
        tracks[0] = box("mvhd", 108);
        for (int i = 0; i < handlers.length; i++) {
            byte[] hdlr = box("hdlr", 33);
            System.arraycopy(handlers[i].getBytes(ISO_8859_1), 0, hdlr, 16, 4);
            tracks[i + 1] = nested("trak", box("tkhd", 92), nested("mdia", box("mdhd", 32), hdlr));
        }
        file.writeBytes(nested("moov", tracks));
        return file.toByteArray();
    }

    /** A fragment that begins at this time. */
    static byte[] fragment(int time) {
        byte[] tfdt = box("tfdt", 16);
        for (int i = 0; i < 4; i++) {
            tfdt[12 + i] = (byte) (time >>> 24 - 8 * i);
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(box("styp", 24));
        byte[] traf = nested("traf", box("tfhd", 16), tfdt);
        file.writeBytes(nested("moof", box("mfhd", 16), traf));
        file.writeBytes(box("mdat", 100));
        return file.toByteArray();
    }

    private static void header(byte[] data, int packet, int pid, boolean starts) {
        int at = packet * PACKET;
        data[at] = 0x47;
        data[at + 1] = (byte) ((starts ? 0x40 : 0) | pid >> 8);
        data[at + 2] = (byte) pid;
        data[at + 3] = 0x10;
    }

    private static void section(byte[] data, int packet, byte[] section) {
        int at = packet * PACKET + 4;
        data[at] = 0;
        System.arraycopy(section, 0, data, at + 1, section.length);
    }

    private static byte[] pat() {
        return bytes(0, 0xb0, 13, 0, 1, 0xc1, 0, 0, 0, 1, 0xf0, 0x00, 0, 0, 0, 0);
    }

    private static byte[] pmt(int... streamTypes) {
        int length = 9 + streamTypes.length * 5 + 4;
        int[] section = new int[3 + length];
        section[0] = 2;
        section[1] = 0xb0;
        section[2] = length;
        section[8] = 0xe1;
        section[9] = 0x01;
        section[10] = 0xf0;
        for (int i = 0; i < streamTypes.length; i++) {
            int at = 12 + i * 5;
            section[at] = streamTypes[i];
            section[at + 1] = 0xe1;
            section[at + 2] = i + 1;
            section[at + 3] = 0xf0;
        }
        return bytes(section);
    }

    static byte[] box(String type, int size) {
        byte[] box = new byte[size];
        box[2] = (byte) (size >> 8);
        box[3] = (byte) size;
        System.arraycopy(type.getBytes(ISO_8859_1), 0, box, 4, 4);
        return box;
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] gzip(byte[] body) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        }
        return out.toByteArray();
    }

    /** A live playlist of segments of 2 s, from a number on. */
    static String live(long sequence, int segments) {
        StringBuilder list =
                new StringBuilder(
                        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:2\n#EXT-X-MEDIA-SEQUENCE:"
                                + sequence
                                + "\n");
        for (long i = sequence; i < sequence + segments; i++) {
            list.append("#EXTINF:2.000,\nseg").append(i).append(".ts\n");
        }
        return list.toString();
    }
}
