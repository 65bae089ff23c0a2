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
    private final NoticePreview preview = preview(PageLinks.NONE);

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
    void whereThePageHasAnAddressBuiltInTextsEndWithALink(MessageKind kind) {
        NoticePreview linking = preview(PageLinks.to("https://cctv.example/cctv"));
        for (Language language : Language.values()) {
            Template text = words.of(kind, language);
            String body = linking.of(kind, language, text, NOW).body();
            assertThat(body.lines().toList().getLast()).startsWith("https://cctv.example/cctv/");
            assertThat(body.split("https://", -1)).as(body).hasSize(2);
            assertThat(preview.of(kind, language, text, NOW).body()).doesNotContain("http");
            assertThat(text.brief()).doesNotContain("{link}");
        }
    }

    private NoticePreview preview(PageLinks links) {
        return new NoticePreview(words, ZoneId.of("Asia/Seoul"), links);
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
