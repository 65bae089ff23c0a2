package cctvout.template;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.record.Violation;

import org.junit.jupiter.api.Test;

import java.util.Map;

class TemplateTest {

    @Test
    void valuesAreNotTemplatesAndEmptyLinesGo() {
        Message message =
                new Template("{camera}: {kind}", "{camera}\n{place}\n{nothing} {0}", "{camera}")
                        .message(
                                Map.of(
                                        "camera", "{kind} $1 \\",
                                        "place", "",
                                        "kind", "Line"));
        assertThat(message.subject()).isEqualTo("{kind} $1 \\: Line");
        assertThat(message.body()).isEqualTo("{kind} $1 \\\n{nothing} {0}");
        assertThat(message.brief()).isEqualTo("{kind} $1 \\");
    }

    @Test
    void whatIsNoTextOfItsKindIsRefusedByField() {
        assertThat(
                        Template.violations(
                                MessageKind.DIGEST,
                                "two\nlines",
                                "{camera} {list} {evil}",
                                "x".repeat(Template.MAX_SHORT + 1)))
                .extracting(Violation::field, Violation::value)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("subject", null),
                        org.assertj.core.groups.Tuple.tuple("body", "{camera}"),
                        org.assertj.core.groups.Tuple.tuple("body", "{evil}"),
                        org.assertj.core.groups.Tuple.tuple("short", null));
        assertThat(Template.violations(MessageKind.OPENED, "x".repeat(201), "x".repeat(4001), " "))
                .extracting(Violation::reason)
                .containsExactly(
                        "longer than 200 characters",
                        "longer than 4000 characters",
                        "required, and not blank");
        assertThat(
                        Template.violations(
                                MessageKind.OPENED,
                                "{camera}",
                                "{evidence} {since} { x }",
                                "{line}"))
                .isEmpty();
    }

    @Test
    void otherFormsTravelWithWhatANoticeIsAbout() {
        String content =
                new Message("body", "subject", "brief").content(Map.of("camera", Map.of("id", 1)));
        assertThat(Message.subjectIn(content)).isEqualTo("subject");
        assertThat(Message.briefIn(content)).isEqualTo("brief");
        assertThat(Message.briefIn("{\"camera\":{}}")).isNull();
    }
}
