package cctvout.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.recipient.Language;
import cctvout.template.Words;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TroubleWordsTest {

    private final Words words = Words.load();

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void everyTroubleHasItsWords(Trouble trouble) {
        for (Language language : Language.values()) {
            assertThat(words.word(language, "trouble." + trouble)).isNotEqualTo(trouble.name());
        }
    }
}
