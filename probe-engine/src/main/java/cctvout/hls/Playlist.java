package cctvout.hls;

import org.jspecify.annotations.Nullable;

/**
 * What a playlist (RFC 8216) says that a check needs to know. Any bytes give one of the three,
 * never an exception, in linear time.
 */
sealed interface Playlist {

    /**
     * @param mediaSequence number of the first segment, 0 where none is given
     * @param segments listed or skipped, gaps counted in
     * @param parts partial segments after the last whole one
     * @param targetDuration seconds; null where it is missing or no number
     * @param longest duration of a segment, seconds; 0 where none is known
     * @param ended no segment will be added
     * @param lastUri of the last segment or part, gap or not; null where there is none
     * @param newest that can be fetched; null where all are gaps
     * @param previous the one before the newest that can be fetched
     */
    record Media(
            long mediaSequence,
            long segments,
            int parts,
            @Nullable Double targetDuration,
            double longest,
            boolean ended,
            @Nullable String lastUri,
            @Nullable Segment newest,
            @Nullable Segment previous)
            implements Playlist {

        /** Media sequence number of the newest segment. */
        long position() {
            return mediaSequence + segments - 1;
        }
    }

    /**
     * @param variants how many are listed
     * @param usable URI of the first that may carry video; null where there is none
     */
    record Multivariant(int variants, @Nullable String usable) implements Playlist {}

    /**
     * @param detail names tag and line, or what the body is instead
     */
    record Rejected(HlsReason reason, String detail) implements Playlist {}

    /**
     * @param seconds duration, 0 where it is no number
     * @param range where in the resource it lies; null for all of it
     * @param encrypted as a whole (AES-128): it cannot be looked into, and its key is not fetched
     * @param index from 0, of the segments listed or skipped; {@link #A_PART} for a part of one
     * @param discontinuous its time stamps may begin anew
     */
    record Segment(
            String uri,
            double seconds,
            @Nullable Range range,
            boolean encrypted,
            @Nullable Init init,
            long index,
            boolean discontinuous) {

        static final long A_PART = -1;
    }

    /** The initialization section (EXT-X-MAP). */
    record Init(String uri, @Nullable Range range) {}

    /**
     * @param offset first byte
     * @param length bytes
     */
    record Range(long offset, long length) {}

    /**
     * @param body is read up to {@code length}
     */
    static Playlist parse(byte[] body, int length) {
        return new PlaylistParser(body, length).parse();
    }
}
