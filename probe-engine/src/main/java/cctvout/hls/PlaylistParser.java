package cctvout.hls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import cctvout.hls.Playlist.Init;
import cctvout.hls.Playlist.Media;
import cctvout.hls.Playlist.Multivariant;
import cctvout.hls.Playlist.Range;
import cctvout.hls.Playlist.Rejected;
import cctvout.hls.Playlist.Segment;

import org.jspecify.annotations.Nullable;

/** One pass over the lines; tolerates what players tolerate. For one use. */
final class PlaylistParser {

    private static final String HEADER = "#EXTM3U";

    /** So that no number of tags overflows the count. */
    private static final long SKIP_LIMIT = 1_000_000_000;

    /** Each char is one byte, so that any bytes do; URIs are read as UTF-8 when they are taken. */
    private final String text;

    private int line = 1;

    private boolean media;
    private long mediaSequence;
    private long segments;
    private @Nullable Double targetDuration;
    private double longest;
    private boolean ended;
    private int parts;
    private @Nullable String lastUri;
    private @Nullable Segment newest;
    private @Nullable Segment previous;
    private @Nullable Segment newestPart;

    /** EXTINF was read, and its URI is awaited. */
    private boolean announced;

    private double seconds;
    private boolean gap;
    private boolean encrypted;
    private @Nullable Init init;
    private @Nullable String byteRange;
    private long rangeEnd;

    private boolean multivariant;
    private boolean variantAnnounced;
    private boolean mayCarryVideo;
    private int variants;
    private @Nullable String usable;

    PlaylistParser(byte[] body, int length) {
        boolean bom =
                length >= 3
                        && body[0] == (byte) 0xef
                        && body[1] == (byte) 0xbb
                        && body[2] == (byte) 0xbf;
        int from = bom ? 3 : 0;
        this.text = new String(body, from, length - from, ISO_8859_1);
    }

    Playlist parse() {
        if (text.isEmpty()) {
            return new Rejected(HlsReason.EMPTY_BODY, "0 bytes");
        }
        int at = 0;
        for (int end; at < text.length(); line++) {
            end = lineEnd(at);
            String content = text.substring(at, end).strip();
            Rejected rejected = line == 1 ? header(content) : line(content);
            if (rejected != null) {
                return rejected;
            }
            boolean crlf = end + 1 < text.length() && text.charAt(end) == '\r';
            at = end + (crlf && text.charAt(end + 1) == '\n' ? 2 : 1);
        }
        return multivariant ? new Multivariant(variants, usable) : mediaPlaylist();
    }

    private Media mediaPlaylist() {
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

    private int lineEnd(int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
            at++;
        }
        return at;
    }

    private @Nullable Rejected header(String content) {
        boolean header =
                content.startsWith(HEADER)
                        && (content.length() == HEADER.length()
                                || content.charAt(HEADER.length()) <= ' ');
        return header
                ? null
                : new Rejected(
                        HlsReason.NOT_A_PLAYLIST,
                        "no #EXTM3U at line 1, the body is "
                                + MediaSniffer.describe(text.getBytes(ISO_8859_1)));
    }

    private @Nullable Rejected line(String content) {
        if (content.isEmpty()) {
            return null;
        }
        if (content.charAt(0) != '#') {
            return uri(content);
        }
        if (!content.startsWith("#EXT")) {
            return null;
        }
        int colon = content.indexOf(':');
        String tag = colon < 0 ? content : content.substring(0, colon).stripTrailing();
        String value = colon < 0 ? "" : content.substring(colon + 1).strip();
        return tag(tag, value);
    }

    private @Nullable Rejected tag(String tag, String value) {
        switch (tag) {
            case "#EXTINF" -> {
                announced = true;
                seconds = Decimal.parse(value, 0);
                return media(tag);
            }
            case "#EXT-X-TARGETDURATION" -> {
                double given = Decimal.parse(value, -1);
                targetDuration = given < 0 ? null : (Double) given;
                return media(tag);
            }
            case "#EXT-X-PART" -> {
                part(value);
                return media(tag);
            }
            case "#EXT-X-MEDIA-SEQUENCE" -> {
                return mediaSequence(tag, value);
            }
            case "#EXT-X-STREAM-INF" -> {
                variantAnnounced = true;
                mayCarryVideo = mayCarryVideo(Attributes.value(value, "CODECS"));
                multivariant = true;
                return mixed(tag);
            }
            case "#EXT-X-MEDIA", "#EXT-X-I-FRAME-STREAM-INF" -> multivariant |= !media;
            case "#EXT-X-ENDLIST" -> ended = true;
            case "#EXT-X-GAP" -> gap = true;
            case "#EXT-X-BYTERANGE" -> byteRange = value;
            case "#EXT-X-KEY" -> encrypted = "AES-128".equals(Attributes.value(value, "METHOD"));
            case "#EXT-X-MAP" -> map(value);
            case "#EXT-X-SKIP" -> segments += Math.min(skipped(value), SKIP_LIMIT);
            default -> {
                // unknown tags are allowed for (RFC 8216 section 6.3.1)
            }
        }
        return null;
    }

    private @Nullable Rejected media(String tag) {
        media = true;
        return mixed(tag);
    }

    private @Nullable Rejected mixed(String tag) {
        return media && multivariant
                ? rejected(
                        HlsReason.MIXED_PLAYLIST,
                        tag,
                        tag.equals("#EXT-X-STREAM-INF")
                                ? "in a media playlist"
                                : "in a multivariant playlist")
                : null;
    }

    private @Nullable Rejected mediaSequence(String tag, String value) {
        long number = Decimal.whole(value);
        if (number < 0) {
            return rejected(
                    HlsReason.MALFORMED, tag, "is not a whole number from 0 up: " + quote(value));
        }
        mediaSequence = number;
        return null;
    }

    private @Nullable Rejected uri(String content) {
        if (variantAnnounced) {
            variantAnnounced = false;
            variants++;
            if (usable == null && mayCarryVideo) {
                usable = utf8(content);
            }
            return null;
        }
        if (multivariant) {
            return null; // players ignore it
        }
        if (!announced) {
            return rejected(HlsReason.MALFORMED, "URI", "without #EXTINF: " + quote(content));
        }
        segment(content);
        return null;
    }

    private void segment(String content) {
        segments++;
        parts = 0;
        longest = Math.max(longest, seconds);
        String uri = utf8(content);
        Range range = byteRange == null ? null : range(byteRange, uri);
        if (!gap) {
            previous = newest;
            newest = new Segment(uri, seconds, range, encrypted, init);
        }
        lastUri = uri;
        announced = false;
        gap = false;
        byteRange = null;
    }

    private void part(String value) {
        parts++;
        String uri = Attributes.value(value, "URI");
        if (uri == null) {
            return;
        }
        lastUri = utf8(uri);
        if (!"YES".equals(Attributes.value(value, "GAP"))) {
            String duration = Attributes.value(value, "DURATION");
            String range = Attributes.value(value, "BYTERANGE");
            newestPart =
                    new Segment(
                            lastUri,
                            duration == null ? 0 : Decimal.parse(duration, 0),
                            range == null ? null : range(range, ""),
                            encrypted,
                            init);
        }
    }

    private void map(String value) {
        String uri = Attributes.value(value, "URI");
        String range = Attributes.value(value, "BYTERANGE");
        init = uri == null ? null : new Init(utf8(uri), range == null ? null : range(range, ""));
    }

    /**
     * {@code n[@o]}; without an offset it starts where the range before it, of the same URI, ended.
     */
    private @Nullable Range range(String value, String uri) {
        int at = value.indexOf('@');
        long length = Decimal.whole(at < 0 ? value : value.substring(0, at));
        long offset = at < 0 ? 0 : Decimal.whole(value.substring(at + 1));
        if (at < 0 && uri.equals(lastUri)) {
            offset = rangeEnd;
        }
        if (length < 0 || offset < 0) {
            return null;
        }
        rangeEnd = offset + length;
        return new Range(offset, length);
    }

    private static long skipped(String value) {
        String number = Attributes.value(value, "SKIPPED-SEGMENTS");
        return number == null ? 0 : Math.max(0, Decimal.whole(number));
    }

    /** Not where the codecs are named and all of them are audio or text (RFC 6381). */
    private static boolean mayCarryVideo(@Nullable String codecs) {
        if (codecs == null || codecs.isBlank()) {
            return true;
        }
        for (String codec : codecs.split(",")) {
            String name = codec.strip().toLowerCase(java.util.Locale.ROOT);
            boolean other =
                    name.startsWith("mp4a")
                            || name.startsWith("ac-3")
                            || name.startsWith("ec-3")
                            || name.startsWith("opus")
                            || name.startsWith("flac")
                            || name.startsWith("alac")
                            || name.startsWith("stpp")
                            || name.startsWith("wvtt");
            if (!other) {
                return true;
            }
        }
        return false;
    }

    private Rejected rejected(HlsReason reason, String what, String why) {
        return new Rejected(reason, what + " at line " + line + " " + why);
    }

    private static String quote(String value) {
        StringBuilder shown = new StringBuilder("'");
        for (int i = 0; i < Math.min(value.length(), 40); i++) {
            char c = value.charAt(i);
            shown.append(c < ' ' || c >= 0x7f ? '?' : c);
        }
        return shown.append(value.length() > 40 ? "...'" : "'").toString();
    }

    private static String utf8(String latin) {
        for (int i = 0; i < latin.length(); i++) {
            if (latin.charAt(i) > 0x7f) {
                return new String(latin.getBytes(ISO_8859_1), UTF_8);
            }
        }
        return latin;
    }
}
