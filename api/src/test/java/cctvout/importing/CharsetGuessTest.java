package cctvout.importing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

class CharsetGuessTest {

    private static final Charset MS949 = CharsetGuess.MS949;

    @Test
    void asciiAloneIsUtf8ButNotForSure() {
        var guess = CharsetGuess.of("id,ip\nC1,10.0.0.1\n".getBytes(MS949), true);
        assertThat(guess).isEqualTo(new CharsetGuess(StandardCharsets.UTF_8, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"가", "구", "회선", "연통", "똠방각하", "관리번호,위도,경도", "천안로사거리 (서북구)"})
    void shortKoreanIsToldApart(String text) {
        assertThat(CharsetGuess.of(text.getBytes(MS949), true).charset()).isEqualTo(MS949);
        assertThat(CharsetGuess.of(text.getBytes(StandardCharsets.UTF_8), true))
                .isEqualTo(new CharsetGuess(StandardCharsets.UTF_8, true));
    }

    /** Each half of 회트 in MS949 is a well-formed UTF-8 sequence of two bytes too. */
    @Test
    void hangulThatPassesAsUtf8IsKoreanWhereItMakesAWord() {
        byte[] word = {(byte) 0xc5, (byte) 0xeb, (byte) 0xc8, (byte) 0xad}; // 통화
        assertThat(CharsetGuess.of(word, true).charset()).isEqualTo(MS949);
        byte[] passes = {(byte) 0xc8, (byte) 0xb8, (byte) 0xc6, (byte) 0xae}; // 회트
        assertThat(new String(passes, StandardCharsets.UTF_8)).doesNotContain("\ufffd");
        assertThat(CharsetGuess.of(passes, true)).isEqualTo(new CharsetGuess(MS949, false));
    }

    @Test
    void singleAccentedLettersStayUtf8() {
        byte[] text = "C1,Café Zoë,10.0.0.1".getBytes(StandardCharsets.UTF_8);
        assertThat(CharsetGuess.of(text, true).charset()).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void characterCutAtTheEndOfTheWindowIsNoFault() {
        byte[] whole = "설치위치주소".getBytes(StandardCharsets.UTF_8);
        for (int length = 1; length <= whole.length; length++) {
            var guess = CharsetGuess.of(Arrays.copyOf(whole, length), false);
            assertThat(guess.charset()).as("%d bytes", length).isEqualTo(StandardCharsets.UTF_8);
        }
        byte[] korean = "설치위치주소".getBytes(MS949);
        for (int length = 2; length <= korean.length; length++) {
            var guess = CharsetGuess.of(Arrays.copyOf(korean, length), false);
            assertThat(guess.charset()).as("%d bytes", length).isEqualTo(MS949);
        }
    }

    @Test
    void oneDamagedByteLeavesLongUtf8AsItIs() {
        byte[] text = "가람시 물빛구 느티로 새벽시장 앞 은하수길 교차로".getBytes(StandardCharsets.UTF_8);
        text[4] = (byte) 0xff;
        assertThat(CharsetGuess.of(text, true).charset()).isEqualTo(StandardCharsets.UTF_8);
    }
}
