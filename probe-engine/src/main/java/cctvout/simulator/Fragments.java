package cctvout.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/** Just enough of an fMP4 stream (ISO/IEC 14496-12) to be told what it is and when. */
final class Fragments {

    private static final int HANDLER_AT = 16;

    private Fragments() {}

    /** One track of video. */
    static byte[] init() {
        byte[] handler = box("hdlr", new byte[25]);
        System.arraycopy("vide".getBytes(US_ASCII), 0, handler, HANDLER_AT, 4);
        byte[] track = box("trak", box("tkhd", new byte[84]), box("mdia", handler));
        return join(box("ftyp", new byte[16]), box("moov", box("mvhd", new byte[100]), track));
    }

    /**
     * @param time of its first picture, in units of the track
     */
    static byte[] fragment(long time) {
        byte[] decode = ByteBuffer.allocate(12).putInt(1 << 24).putLong(time).array();
        byte[] track = box("traf", box("tfhd", new byte[8]), box("tfdt", decode));
        byte[] head = box("moof", box("mfhd", new byte[8]), track);
        return join(box("styp", new byte[16]), head, box("mdat", new byte[2000]));
    }

    private static byte[] box(String type, byte[]... content) {
        byte[] inside = join(content);
        return ByteBuffer.allocate(8 + inside.length)
                .putInt(8 + inside.length)
                .put(type.getBytes(US_ASCII))
                .put(inside)
                .array();
    }

    private static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            all.put(part);
        }
        return all.array();
    }
}
