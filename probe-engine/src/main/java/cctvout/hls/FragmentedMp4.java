package cctvout.hls;

/**
 * Boxes of an fMP4 stream (ISO/IEC 14496-12), as far as the first bytes of a file reach. Linear:
 * each level is walked once, and only the named boxes are gone into.
 */
final class FragmentedMp4 {

    private static final int HEADER = 8;
    private static final int LARGE_HEADER = 16;

    private static final int MOOV = type("moov");
    private static final int TRAK = type("trak");
    private static final int MDIA = type("mdia");
    private static final int HDLR = type("hdlr");
    private static final int VIDE = type("vide");
    private static final int MOOF = type("moof");
    private static final int TRAF = type("traf");
    private static final int TFDT = type("tfdt");

    private final byte[] data;
    private final int length;

    FragmentedMp4(byte[] data, int length) {
        this.data = data;
        this.length = length;
    }

    private static int type(String name) {
        return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
    }

    /**
     * True where the whole of {@code moov} is here and every track in it says that it is no video.
     * What is cut off or does not say counts as video.
     */
    boolean withoutVideo() {
        int moov = find(MOOV, 0, length);
        if (moov < 0 || moov + size(moov, length) > length) {
            return false;
        }
        int end = (int) (moov + size(moov, length));
        int tracks = 0;
        for (int at = moov + HEADER; at >= 0 && at + HEADER <= end; at = next(at, end)) {
            if (int32(at + 4) == TRAK) {
                tracks++;
                if (mayBeVideo(at, (int) Math.min(end, at + size(at, end)))) {
                    return false;
                }
            }
        }
        return tracks > 0;
    }

    private boolean mayBeVideo(int trak, int end) {
        int mdia = find(MDIA, trak + HEADER, end);
        int hdlr = mdia < 0 ? -1 : find(HDLR, mdia + HEADER, inside(mdia, end));
        // version, flags and a reserved word come before the handler's type
        return hdlr < 0 || hdlr + 20 > end || int32(hdlr + 16) == VIDE;
    }

    /** Decode time of the first fragment, in its track's own units; -1 where it is not told. */
    long decodeTime() {
        int moof = find(MOOF, 0, length);
        int traf = moof < 0 ? -1 : find(TRAF, moof + HEADER, inside(moof, length));
        int tfdt = traf < 0 ? -1 : find(TFDT, traf + HEADER, inside(traf, length));
        if (tfdt < 0 || tfdt + 20 > length) {
            return -1;
        }
        long first = int32(tfdt + 12) & 0xffffffffL;
        boolean wide = data[tfdt + 8] == 1;
        return wide ? first << 32 & Long.MAX_VALUE | int32(tfdt + 16) & 0xffffffffL : first;
    }

    private int inside(int box, int end) {
        return (int) Math.min(end, box + size(box, end));
    }

    private int find(int type, int from, int end) {
        int at = from;
        while (at >= 0 && at + HEADER <= end) {
            if (int32(at + 4) == type) {
                return at;
            }
            at = next(at, end);
        }
        return -1;
    }

    /** Where the next box begins; -1 where this one is the last. */
    private int next(int box, int end) {
        long after = box + size(box, end);
        return after >= end ? -1 : (int) after;
    }

    /** At least a header's: no box stands still. */
    private long size(int box, int end) {
        long size = int32(box) & 0xffffffffL;
        if (size == 1 && box + LARGE_HEADER <= end) {
            boolean huge = int32(box + 8) != 0;
            size = huge ? Integer.MAX_VALUE : int32(box + 12) & 0xffffffffL;
        }
        return size == 0 ? end - box : Math.max(size, HEADER);
    }

    private int int32(int at) {
        return data[at] << 24
                | (data[at + 1] & 0xff) << 16
                | (data[at + 2] & 0xff) << 8
                | data[at + 3] & 0xff;
    }
}
