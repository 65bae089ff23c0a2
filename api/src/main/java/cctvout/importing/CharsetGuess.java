package cctvout.importing;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * What a text's bytes are most likely written in. Korean files come as UTF-8 (with or without a
 * byte order mark) or as MS949, what Windows calls ANSI there.
 *
 * @param sure false where the bytes would pass as another charset too
 */
record CharsetGuess(Charset charset, boolean sure) {

    static final Charset MS949 = Charset.forName("x-windows-949");

    /** Hangul as MS949 almost never passes as UTF-8: so many good sequences outweigh a bad one. */
    private static final int GOOD_PER_BAD = 8;

    private static final CharsetGuess ASCII = new CharsetGuess(StandardCharsets.UTF_8, false);

    /** The charset that a byte order mark names; null where there is none. */
    static @Nullable Charset byMark(byte[] head) {
        if (starts(head, 0xef, 0xbb, 0xbf)) {
            return StandardCharsets.UTF_8;
        }
        if (starts(head, 0xff, 0xfe)) {
            return StandardCharsets.UTF_16LE;
        }
        return starts(head, 0xfe, 0xff) ? StandardCharsets.UTF_16BE : null;
    }

    /**
     * @param bytes any part of a text that begins with a character, without a byte order mark
     * @param complete false where the last character may be cut
     */
    static CharsetGuess of(byte[] bytes, boolean complete) {
        Utf8 utf8 = Utf8.count(bytes, complete);
        if (utf8.good() + utf8.bad() == 0) {
            return ASCII;
        }
        Korean korean = Korean.count(bytes, complete);
        if (utf8.bad() == 0) {
            boolean sooner = utf8.longer() == 0 && korean.plausible();
            return sooner
                    ? new CharsetGuess(MS949, false)
                    : new CharsetGuess(StandardCharsets.UTF_8, utf8.longer() > 0);
        }
        if (korean.bad() == 0) {
            return new CharsetGuess(MS949, true);
        }
        boolean damaged = utf8.good() >= GOOD_PER_BAD * utf8.bad() || utf8.bad() <= korean.bad();
        return new CharsetGuess(damaged ? StandardCharsets.UTF_8 : MS949, false);
    }

    private static boolean starts(byte[] head, int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= head.length || (head[i] & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Sequences beyond ASCII, read as UTF-8 (RFC 3629).
     *
     * @param longer good ones of three bytes or four, as Hangul takes
     */
    private record Utf8(int good, int longer, int bad) {

        static Utf8 count(byte[] bytes, boolean complete) {
            int good = 0;
            int longer = 0;
            int bad = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] >= 0) {
                    continue;
                }
                int length = length(bytes[i] & 0xff);
                int there = 1;
                while (there < length && i + there < bytes.length && follows(bytes, i, there)) {
                    there++;
                }
                if (length > 0 && there == length) {
                    good++;
                    longer += length > 2 ? 1 : 0;
                    i += length - 1;
                } else if (complete || length == 0 || i + there < bytes.length) {
                    bad++;
                } else {
                    break;
                }
            }
            return new Utf8(good, longer, bad);
        }

        private static int length(int lead) {
            if (lead >= 0xc2 && lead <= 0xdf) {
                return 2;
            }
            if (lead >= 0xe0 && lead <= 0xef) {
                return 3;
            }
            return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
        }

        private static boolean follows(byte[] bytes, int start, int offset) {
            int lead = bytes[start] & 0xff;
            int next = bytes[start + offset] & 0xff;
            if (offset == 1) { // overlong forms and surrogates
                int least = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
                int most = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
                return next >= least && next <= most;
            }
            return next >= 0x80 && next <= 0xbf;
        }
    }

    /**
     * The same read as MS949.
     *
     * @param foreign good characters beyond ASCII that are no Hangul
     * @param pairs Hangul right after Hangul, as in every Korean word but the shortest
     */
    private record Korean(int foreign, int pairs, int bad) {

        static Korean count(byte[] bytes, boolean complete) {
            CharBuffer text = CharBuffer.allocate(bytes.length);
            var decoder =
                    MS949.newDecoder()
                            .onMalformedInput(CodingErrorAction.REPLACE)
                            .onUnmappableCharacter(CodingErrorAction.REPLACE);
            decoder.decode(ByteBuffer.wrap(bytes), text, complete);
            text.flip();
            int foreign = 0;
            int pairs = 0;
            int bad = 0;
            boolean before = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean hangul = c >= 0xac00 && c <= 0xd7a3;
                pairs += hangul && before ? 1 : 0;
                bad += c == 0xfffd ? 1 : 0;
                foreign += c >= 0x80 && !hangul && c != 0xfffd ? 1 : 0;
                before = hangul;
            }
            return new Korean(foreign, pairs, bad);
        }

        /** Words in Hangul and nothing else: what accented Latin letters do not make by chance. */
        boolean plausible() {
            return bad == 0 && foreign == 0 && pairs > 0;
        }
    }
}
