package cctvout.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class TextDecoderTest {

    private static final String TEXT = "id,설치위치명,ip\nC1,물빛공원 😀 입구,10.0.0.1\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
    void piecesOfAnySizeMakeTheSameText(int size) {
        String korean = TEXT.replace(" 😀", "");
        assertThat(decoded(TEXT.getBytes(StandardCharsets.UTF_8), size)).isEqualTo(TEXT);
        assertThat(decoded(("\ufeff" + TEXT).getBytes(StandardCharsets.UTF_8), size))
                .isEqualTo(TEXT);
        assertThat(decoded(korean.getBytes(CharsetGuess.MS949), size)).isEqualTo(korean);
        assertThat(decoded(("\ufeff" + TEXT).getBytes(StandardCharsets.UTF_16LE), size))
                .isEqualTo(TEXT);
        assertThat(decoded(("\ufeff" + TEXT).getBytes(StandardCharsets.UTF_16BE), size))
                .isEqualTo(TEXT);
    }

    @Test
    void asciiBeforeTheFirstKoreanIsNotHeldBack() {
        var decoder = new TextDecoder(null);
        assertThat(decoder.feed("id,ip\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("id,ip\n");
        byte[] korean = "물빛공원".repeat(TextDecoder.WINDOW / 8).getBytes(CharsetGuess.MS949);
        assertThat(decoder.feed(Arrays.copyOf(korean, 100))).isEmpty();
        assertThat(decoder.feed(Arrays.copyOfRange(korean, 100, korean.length)))
                .startsWith("물빛공원물빛공원")
                .hasSize(korean.length / 2);
        assertThat(decoder.charset()).isEqualTo(CharsetGuess.MS949);
    }

    @Test
    void namedCharsetIsFollowedAndContradictionTold() {
        var decoder = new TextDecoder(CharsetGuess.MS949);
        decoder.feed(TEXT.getBytes(StandardCharsets.UTF_8));
        decoder.finish();
        assertThat(decoder.charset()).isEqualTo(CharsetGuess.MS949);
        assertThat(decoder.contradiction()).isEqualTo(StandardCharsets.UTF_8);

        var right = new TextDecoder(StandardCharsets.UTF_8);
        right.feed(TEXT.getBytes(StandardCharsets.UTF_8));
        right.finish();
        assertThat(right.contradiction()).isNull();
    }

    @Test
    void unreadableByteCostsOneCharacter() {
        byte[] bytes = "설치위치명,이름,주소,물빛공원,새벽시장,교차로".getBytes(StandardCharsets.UTF_8);
        bytes[15] = (byte) 0xff; // the first comma
        assertThat(decoded(bytes, 4)).isEqualTo("설치위치명\ufffd이름,주소,물빛공원,새벽시장,교차로");
    }

    private static String decoded(byte[] bytes, int size) {
        return decoded(bytes, size, null);
    }

    private static String decoded(
            byte[] bytes, int size, @org.jspecify.annotations.Nullable Charset named) {
        var decoder = new TextDecoder(named);
        var text = new StringBuilder();
        for (int i = 0; i < bytes.length; i += size) {
            text.append(
                    decoder.feed(Arrays.copyOfRange(bytes, i, Math.min(i + size, bytes.length))));
        }
        return text.append(decoder.finish()).toString();
    }
}
