package cctvout.notification;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.recipient.Language;
import cctvout.template.Message;
import cctvout.template.MessageKind;
import cctvout.template.Template;
import cctvout.template.Words;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Instant;
import java.time.ZoneId;
import java.util.stream.Collectors;

class NoticePreviewTest {

    private static final Instant NOW = Instant.parse("2026-11-20T18:12:00Z");

    private final Words words = Words.load();
    private final NoticePreview preview = new NoticePreview(words, ZoneId.of("Asia/Seoul"));

    @ParameterizedTest
    @EnumSource(MessageKind.class)
    void exampleFillsEveryPlaceholderOfItsKind(MessageKind kind) {
        String all =
                kind.placeholders().stream()
                        .map(name -> name + "={" + name + "}")
                        .collect(Collectors.joining(";"));
        for (Language language : Language.values()) {
            Message shown = preview.of(kind, language, new Template("s", all, "b"), NOW);
            assertThat(shown.body()).doesNotContain("{", "}").doesNotContain("null");
        }
    }

    @ParameterizedTest
    @EnumSource(MessageKind.class)
    void builtInTextsReadWell(MessageKind kind) {
        for (Language language : Language.values()) {
            Message shown = preview.of(kind, language, words.of(kind, language), NOW);
            assertThat(shown.subject()).isNotBlank().doesNotContain("{");
            assertThat(shown.body()).isNotBlank().doesNotContain("{");
            assertThat(shown.brief()).isNotBlank().doesNotContain("{");
            assertThat(shown.brief().length()).isLessThan(200);
        }
    }
}
