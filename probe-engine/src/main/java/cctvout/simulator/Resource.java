package cctvout.simulator;

import org.jspecify.annotations.Nullable;

/** What a path of the fleet server names. */
record Resource(int camera, Kind kind, long sequence) {

    static final String ENTRY = "playlist.m3u8";

    enum Kind {
        ENTRY,
        CHUNKLIST,
        SEGMENT
    }

    private static final String ROOT = "/live/cam";
    private static final int MAX_DIGITS = 7;

    /** Null where the path names nothing; whether the camera exists is not asked. */
    static @Nullable Resource parse(String path) {
        if (!path.startsWith(ROOT)) {
            return null;
        }
        int dot = path.indexOf(".stream/", ROOT.length());
        long camera = dot < 0 ? -1 : number(path, ROOT.length(), dot, MAX_DIGITS);
        if (camera < 1) {
            return null;
        }
        int number = (int) camera;
        String file = path.substring(dot + ".stream/".length());
        if (file.equals(ENTRY)) {
            return new Resource(number, Kind.ENTRY, 0);
        }
        if (file.equals(chunklist(number))) {
            return new Resource(number, Kind.CHUNKLIST, 0);
        }
        String prefix = segmentPrefix(number);
        if (file.startsWith(prefix) && file.endsWith(".ts")) {
            long sequence = number(file, prefix.length(), file.length() - 3, 18);
            return sequence < 0 ? null : new Resource(number, Kind.SEGMENT, sequence);
        }
        return null;
    }

    static String chunklist(int camera) {
        return "chunklist_w" + session(camera) + ".m3u8";
    }

    static String segmentPrefix(int camera) {
        return "media_w" + session(camera) + "_";
    }

    /** Wowza names a session in what it lists; here it is the camera's for ever. */
    private static long session(int camera) {
        return 100_000_000L + camera * 2_654_435_761L % 900_000_000L;
    }

    private static long number(String text, int from, int to, int maxDigits) {
        if (to <= from || to - from > maxDigits) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = value * 10 + digit - '0';
        }
        return value;
    }
}
