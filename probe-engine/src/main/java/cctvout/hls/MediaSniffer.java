package cctvout.hls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;

/** What the first bytes of a segment are; file extension and MIME type do not count. */
final class MediaSniffer {

    /** What a segment's head turned out to be. */
    enum Kind {
        TRANSPORT_STREAM,
        FRAGMENTED_MP4,
        /** Packed audio: ADTS, MP3, AC-3, or ID3 before any of them (RFC 8216 section 3.4). */
        AUDIO,
        /** Cannot be looked into; its length is one that AES-128 in CBC mode makes. */
        ENCRYPTED,
        NOT_MEDIA
    }

    private static final int BLOCK = 16;

    private MediaSniffer() {}

    /**
     * @param head is looked at up to {@code length}
     * @param encrypted as a whole, with AES-128
     * @param total length of the segment, bytes; below 0 where it is unknown
     */
    static Kind kind(byte[] head, int length, boolean encrypted, long total) {
        if (encrypted) {
            // whoever says AES-128 and sends clear media is played by nobody, but it is media
            boolean blocks = total < 0 || total % BLOCK == 0;
            return blocks && !text(head, length) ? Kind.ENCRYPTED : clear(head, length);
        }
        return clear(head, length);
    }

    private static Kind clear(byte[] head, int length) {
        if (TransportStream.offset(head, length) >= 0) {
            return Kind.TRANSPORT_STREAM;
        }
        if (fragmentedMp4(head, length)) {
            return Kind.FRAGMENTED_MP4;
        }
        return audio(head, length) ? Kind.AUDIO : Kind.NOT_MEDIA;
    }

    /** What a body is that should have been something else, for an engineer to read. */
    static String describe(byte[] body) {
        return describe(body, body.length);
    }

    static String describe(byte[] body, int length) {
        String head = new String(body, 0, Math.min(length, 256), ISO_8859_1).strip();
        String start = head.toLowerCase(Locale.ROOT);
        if (length == 0) {
            return "empty";
        }
        if (start.startsWith("<!doctype html")
                || start.startsWith("<html")
                || start.contains("<head")
                || start.contains("<body")) {
            return "HTML";
        }
        if (start.startsWith("<?xml") || start.startsWith("<")) {
            return "XML";
        }
        if (start.startsWith("{") || start.startsWith("[")) {
            return "JSON";
        }
        if (start.startsWith("#extm3u")) {
            return "a playlist";
        }
        if (image(head)) {
            return "an image";
        }
        if (clear(body, length) != Kind.NOT_MEDIA) {
            return "media";
        }
        return text(body, length) ? "text" : "binary";
    }

    private static boolean image(String head) {
        return head.startsWith("\u00ff\u00d8\u00ff")
                || head.startsWith("\u0089PNG")
                || head.startsWith("GIF8")
                || head.startsWith("BM")
                || head.startsWith("RIFF") && head.startsWith("WEBP", 8);
    }

    private static boolean text(byte[] head, int length) {
        int looked = Math.min(length, 64);
        for (int i = 0; i < looked; i++) {
            boolean control = head[i] >= 0 && head[i] < ' ';
            if (head[i] == 0x7f
                    || control && head[i] != '\t' && head[i] != '\n' && head[i] != '\r') {
                return false;
            }
            if (head[i] < 0 && !multibyte(head, i, length)) {
                return false;
            }
        }
        return looked > 0;
    }

    /** Near enough to UTF-8 or MS949: bytes above ASCII come in pairs at least. */
    private static boolean multibyte(byte[] head, int at, int length) {
        return at > 0 && head[at - 1] < 0 || at + 1 < length && head[at + 1] < 0;
    }

    /** ISO/IEC 14496-12: a box's length and its type. */
    private static boolean fragmentedMp4(byte[] head, int length) {
        if (length < 8) {
            return false;
        }
        long size =
                (head[0] & 0xffL) << 24
                        | (head[1] & 0xff) << 16
                        | (head[2] & 0xff) << 8
                        | head[3] & 0xff;
        if (size != 1 && size < 8) {
            return false;
        }
        return switch (new String(head, 4, 4, ISO_8859_1)) {
            case "styp", "moof", "sidx", "emsg", "prft", "ftyp", "moov" -> true;
            default -> false;
        };
    }

    private static boolean audio(byte[] head, int length) {
        if (length < 4) {
            return false;
        }
        if (head[0] == 'I' && head[1] == 'D' && head[2] == '3') {
            return true;
        }
        boolean ac3 = head[0] == 0x0b && head[1] == 0x77;
        // eleven bits of sync, then version and layer, of which some are reserved
        boolean sync = head[0] == (byte) 0xff && (head[1] & 0xe0) == 0xe0;
        boolean adts = sync && (head[1] & 0xf6) == 0xf0 && (head[2] & 0x3c) != 0x3c;
        boolean mp3 =
                sync
                        && (head[1] & 0x18) != 0x08
                        && (head[1] & 0x06) == 0x02
                        && (head[2] & 0xf0) != 0xf0;
        return ac3 || adts || mp3;
    }
}
