package cctvout.importing;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * Bytes to text, piece by piece, in a charset that is named or told by content. ASCII is passed on
 * at once; from the first other byte on, {@value #WINDOW} bytes are held back and looked at before
 * the charset is settled. Bytes that cannot be read become U+FFFD. Pure, for one text and one
 * thread.
 */
final class TextDecoder {

    static final int WINDOW = 64 * 1024;

    private static final int MARK = 3;
    private static final Set<Charset> WIDE =
            Set.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);

    private final @Nullable Charset named;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private boolean markSeen;
    private @Nullable CharsetDecoder decoder;
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private @Nullable Charset actual;

    /**
     * @param named null to tell it by content
     */
    TextDecoder(@Nullable Charset named) {
        this.named = named;
    }

    String feed(byte[] bytes) {
        if (decoder != null) {
            return decode(decoder, bytes, false);
        }
        held.writeBytes(bytes);
        byte[] all = held.toByteArray();
        if (!markSeen && all.length < MARK) {
            return "";
        }
        return look(all, false);
    }

    String finish() {
        String text = decoder == null ? look(held.toByteArray(), true) : "";
        return decoder == null ? text : text + decode(decoder, new byte[0], true);
    }

    /** What the text is read in; UTF-8 as long as all is ASCII. */
    Charset charset() {
        return decoder == null ? StandardCharsets.UTF_8 : decoder.charset();
    }

    /** What the content surely is where another charset was named; else null. */
    @Nullable Charset contradiction() {
        return actual;
    }

    private String look(byte[] all, boolean complete) {
        if (!markSeen) {
            markSeen = true;
            Charset marked = CharsetGuess.byMark(all);
            if (marked != null) {
                settle(marked, fits(marked) ? null : marked);
                int skip = marked.equals(StandardCharsets.UTF_8) ? 3 : 2;
                return release(all, skip, all.length);
            }
        }
        if (named != null && WIDE.contains(named)) {
            // its ASCII has zeros in between
            settle(named, null);
            return release(all, 0, all.length);
        }
        int ascii = asciiLength(all);
        if (ascii == all.length) {
            return release(all, 0, ascii);
        }
        if (!complete && all.length - ascii < WINDOW) {
            String text = release(all, 0, ascii);
            held.write(all, ascii, all.length - ascii);
            return text;
        }
        byte[] window = java.util.Arrays.copyOfRange(all, ascii, all.length);
        CharsetGuess guess = CharsetGuess.of(window, complete);
        boolean contradicts = named != null && guess.sure() && !guess.charset().equals(named);
        settle(named != null ? named : guess.charset(), contradicts ? guess.charset() : null);
        return release(all, 0, all.length);
    }

    /** UTF-16 without more is what its mark says (RFC 2781, 3.3). */
    private boolean fits(Charset marked) {
        return named == null
                || named.equals(marked)
                || named.equals(StandardCharsets.UTF_16) && WIDE.contains(marked);
    }

    private void settle(Charset charset, @Nullable Charset contradicting) {
        actual = contradicting;
        decoder =
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .replaceWith("\ufffd");
    }

    private String release(byte[] all, int from, int to) {
        held.reset();
        if (decoder == null) {
            return new String(all, from, to - from, StandardCharsets.US_ASCII);
        }
        return decode(decoder, java.util.Arrays.copyOfRange(all, from, to), false);
    }

    /** A character that is cut by the end of the piece waits for the next one. */
    private String decode(CharsetDecoder with, byte[] bytes, boolean last) {
        ByteBuffer in = ByteBuffer.allocate(rest.remaining() + bytes.length);
        in.put(rest).put(bytes).flip();
        CharBuffer out = CharBuffer.allocate(in.remaining() + 2);
        with.decode(in, out, last);
        if (last) {
            with.flush(out);
        }
        rest = in;
        return out.flip().toString();
    }

    private static int asciiLength(byte[] bytes) {
        int length = 0;
        while (length < bytes.length && bytes[length] >= 0) {
            length++;
        }
        return length;
    }
}
