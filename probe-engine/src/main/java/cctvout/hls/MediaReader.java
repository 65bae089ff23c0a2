package cctvout.hls;

import cctvout.hls.Playlist.Init;
import cctvout.hls.Playlist.Media;
import cctvout.hls.Playlist.Range;
import cctvout.hls.Playlist.Segment;

import org.jspecify.annotations.Nullable;

/** Gathers what a media playlist says (RFC 8216 sections 4.3.2 and 4.3.3). For one use. */
final class MediaReader {

    /** So that no number of tags overflows the count. */
    private static final long SKIP_LIMIT = 1_000_000_000;

    /** Nor any number of ranges, each after the other. */
    private static final long FARTHEST = Long.MAX_VALUE / 2;

    private long mediaSequence;
    private long segments;
    private @Nullable Double targetDuration;
    private double longest;
    private boolean ended;
    private int parts;
    private @Nullable String lastUri;
    private @Nullable String lastSegment;
    private @Nullable Segment newest;
    private @Nullable Segment previous;
    private @Nullable Segment newestPart;

    /** EXTINF was read, and its URI is awaited. */
    private boolean announced;

    private double seconds;
    private boolean gap;
    private boolean discontinuous;
    private boolean encrypted;
    private @Nullable Init init;
    private @Nullable String byteRange;
    private long rangeEnd;

    /** Unknown tags are allowed for (RFC 8216 section 6.3.1). */
    void tag(String tag, String value) {
        switch (tag) {
            case "#EXTINF" -> {
                announced = true;
                seconds = Decimal.parse(value, 0);
            }
            case "#EXT-X-TARGETDURATION" -> {
                double given = Decimal.parse(value, -1);
                targetDuration = given < 0 ? null : (Double) given;
            }
            case "#EXT-X-PART" -> part(value);
            case "#EXT-X-ENDLIST" -> ended = true;
            case "#EXT-X-GAP" -> gap = true;
            case "#EXT-X-DISCONTINUITY" -> discontinuous = true;
            case "#EXT-X-BYTERANGE" -> byteRange = value;
            case "#EXT-X-KEY" -> encrypted = "AES-128".equals(Attributes.value(value, "METHOD"));
            case "#EXT-X-MAP" -> map(value);
            case "#EXT-X-SKIP" -> segments += Math.min(skipped(value), SKIP_LIMIT);
            default -> {}
        }
    }

    void startsAt(long number) {
        mediaSequence = number;
    }

    boolean awaitsUri() {
        return announced;
    }

    void uri(String uri) {
        parts = 0;
        longest = Math.max(longest, seconds);
        Range range = byteRange == null ? null : range(byteRange, rangeEnd(uri));
        if (!gap) {
            previous = newest;
            newest = new Segment(uri, seconds, range, encrypted, init, segments, discontinuous);
            discontinuous = false;
        }
        if (range != null) {
            rangeEnd = range.offset() + range.length();
        }
        segments++;
        lastUri = uri;
        lastSegment = uri;
        announced = false;
        gap = false;
        byteRange = null;
    }

    /** Where a range begins that does not say so: after the one before it, of the same URI. */
    private long rangeEnd(String uri) {
        return uri.equals(lastSegment) ? rangeEnd : 0;
    }

    private void part(String value) {
        parts++;
        String uri = Attributes.value(value, "URI");
        if (uri == null) {
            return;
        }
        lastUri = PlaylistParser.utf8(uri);
        if (!"YES".equals(Attributes.value(value, "GAP"))) {
            String duration = Attributes.value(value, "DURATION");
            double length = duration == null ? 0 : Decimal.parse(duration, 0);
            Range range = attributeRange(value);
            newestPart =
                    new Segment(lastUri, length, range, encrypted, init, Segment.A_PART, false);
        }
    }

    private void map(String value) {
        String uri = Attributes.value(value, "URI");
        init = uri == null ? null : new Init(PlaylistParser.utf8(uri), attributeRange(value));
    }

    private @Nullable Range attributeRange(String attributes) {
        String range = Attributes.value(attributes, "BYTERANGE");
        return range == null ? null : range(range, 0);
    }

    /**
     * {@code n[@o]}.
     *
     * @param usual where it begins without an offset
     */
    private static @Nullable Range range(String value, long usual) {
        int at = value.indexOf('@');
        long length = Decimal.whole(at < 0 ? value : value.substring(0, at));
        long offset = at < 0 ? usual : Decimal.whole(value.substring(at + 1));
        return length < 0 || offset < 0 || offset > FARTHEST ? null : new Range(offset, length);
    }

    private static long skipped(String value) {
        String number = Attributes.value(value, "SKIPPED-SEGMENTS");
        return number == null ? 0 : Math.max(0, Decimal.whole(number));
    }

    Media playlist() {
        return new Media(
                mediaSequence,
                segments,
                parts,
                targetDuration,
                longest,
                ended,
                lastUri,
                newest == null ? newestPart : newest,
                previous);
    }
}
