package cctvout.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.regex.Pattern;

class RecordIdTest {

    private static final Pattern FORM = Pattern.compile("(?!\\.{1,2}$)[\\p{L}\\p{N}_.:-]{1,64}");

    @Test
    void lettersDigitsAndFourSignsUpToSixtyFour() {
        assertThat(RecordId.isValid("CCTV-1.a:b_c")).isTrue();
        assertThat(RecordId.isValid("천안-001")).isTrue();
        assertThat(RecordId.isValid("가".repeat(64))).isTrue();
        assertThat(RecordId.isValid("가".repeat(65))).isFalse();
        assertThat(RecordId.isValid("")).isFalse();
        for (String wrong :
                new String[] {
                    ".", "..", "a b", "a/b", "a\n", "a;b", "\ud800", "a\u200b", "@", "`"
                }) {
            assertThat(RecordId.isValid(wrong)).as(wrong).isFalse();
        }
    }

    @Test
    void isTheSameForEveryCharacterAsTheFormSays() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String id = Character.toString(c);
            if (RecordId.isValid(id) != FORM.matcher(id).matches()) {
                fail("U+%04X", c);
            }
        }
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            String id =
                    random.ints(random.nextInt(70), 0x20, 0x80)
                            .map(c -> c < 0x7b ? 'a' + c % 26 : c)
                            .collect(
                                    StringBuilder::new,
                                    StringBuilder::appendCodePoint,
                                    StringBuilder::append)
                            .toString();
            assertThat(RecordId.isValid(id)).as(id).isEqualTo(FORM.matcher(id).matches());
        }
    }
}
