package cctvout.hls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import cctvout.hls.Playlist.Rejected;

import org.jspecify.annotations.Nullable;

/**
 * One pass over the lines; tolerates what players tolerate. What the tags say is gathered by {@link
 * MediaReader} or {@link VariantReader}. For one use.
 */
final class PlaylistParser {

    private static final String HEADER = "#EXTM3U";

    /** Each char is one byte, so that any bytes do; URIs are read as UTF-8 when they are taken. */
    private final String text;

    private final MediaReader media = new MediaReader();
    private final VariantReader variants = new VariantReader();
    private boolean isMedia;
    private boolean isMultivariant;
    private int line = 1;

    /** Where the next line feed is, as far as it was looked for. */
    private int feed = -1;

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
            Rejected rejected = line == 1 ? header(content(at, end)) : line(content(at, end));
            if (rejected != null) {
                return rejected;
            }
            boolean crlf = end + 1 < text.length() && text.charAt(end) == '\r';
            at = end + (crlf && text.charAt(end + 1) == '\n' ? 2 : 1);
        }
        return isMultivariant ? variants.playlist() : media.playlist();
    }

    private int lineEnd(int from) {
        if (feed < from) { // found once, not again for each of many bare returns before it
            int found = text.indexOf('\n', from);
            feed = found < 0 ? text.length() : found;
        }
        int bare = text.indexOf('\r', from, feed);
        return bare < 0 ? feed : bare;
    }

    private String content(int from, int to) {
        return text.substring(from, to).strip();
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
            case "#EXTINF", "#EXT-X-TARGETDURATION", "#EXT-X-PART" -> {
                media.tag(tag, value);
                isMedia = true;
                return mixed(tag);
            }
            case "#EXT-X-STREAM-INF" -> {
                variants.announced(value);
                isMultivariant = true;
                return mixed(tag);
            }
            case "#EXT-X-MEDIA", "#EXT-X-I-FRAME-STREAM-INF" -> isMultivariant |= !isMedia;
            case "#EXT-X-MEDIA-SEQUENCE" -> {
                long number = Decimal.whole(value);
                if (number < 0) {
                    String why = "is not a whole number from 0 up: " + quote(value);
                    return rejected(HlsReason.MALFORMED, tag, why);
                }
                media.startsAt(number);
            }
            default -> media.tag(tag, value);
        }
        return null;
    }

    private @Nullable Rejected mixed(String tag) {
        if (!isMedia || !isMultivariant) {
            return null;
        }
        boolean variant = tag.equals("#EXT-X-STREAM-INF");
        return rejected(
                HlsReason.MIXED_PLAYLIST,
                tag,
                variant ? "in a media playlist" : "in a multivariant playlist");
    }

    private @Nullable Rejected uri(String content) {
        if (variants.awaitsUri()) {
            variants.uri(utf8(content));
        } else if (!isMultivariant) { // there players ignore it
            if (!media.awaitsUri()) {
                String why = "without #EXTINF: " + quote(content);
                return rejected(HlsReason.MALFORMED, "URI", why);
            }
            media.uri(utf8(content));
        }
        return null;
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

    static String utf8(String latin) {
        for (int i = 0; i < latin.length(); i++) {
            if (latin.charAt(i) > 0x7f) {
                return new String(latin.getBytes(ISO_8859_1), UTF_8);
            }
        }
        return latin;
    }
}
