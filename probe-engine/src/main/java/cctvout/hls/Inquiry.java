package cctvout.hls;

import cctvout.hls.Playlist.Range;

import org.jspecify.annotations.Nullable;

/**
 * What is asked of a server, and how much of its answer is read.
 *
 * @param cap bytes of the body
 * @param head stop at the cap; else more than that is too much
 * @param range value of the header; null for none
 * @param last nothing more will be asked of this server
 */
record Inquiry(Kind kind, int cap, boolean head, @Nullable String range, boolean last) {

    enum Kind {
        ENTRY,
        VARIANT,
        SEGMENT,
        INIT
    }

    static Inquiry playlist(Kind kind, int cap, boolean last) {
        return new Inquiry(kind, cap, false, null, last);
    }

    /** The first 16 KiB of a segment, or of the range in which it lies. */
    static Inquiry head(Kind kind, @Nullable Range range, boolean last) {
        long from = range == null ? 0 : range.offset();
        long length = HlsSettings.SEGMENT_HEAD;
        if (range != null) {
            length = Math.clamp(range.length(), 1, HlsSettings.SEGMENT_HEAD);
        }
        String header = "bytes=" + from + "-" + (from + length - 1);
        return new Inquiry(kind, HlsSettings.SEGMENT_HEAD, true, header, last);
    }
}
