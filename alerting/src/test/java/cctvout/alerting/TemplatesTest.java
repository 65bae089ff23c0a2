package cctvout.alerting;

import static cctvout.recipient.RecipientRole.LINE_OPERATOR;
import static cctvout.status.Verdict.HEALTHY;
import static cctvout.status.Verdict.LINE_FAULT;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.recipient.Language;
import cctvout.template.MessageKind;
import cctvout.template.PostgresTemplates;
import cctvout.template.Template;
import cctvout.template.Templates;
import cctvout.template.Words;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

class TemplatesTest {

    private static final Template OWN =
            new Template("{camera}", "우리 말로: {camera} {line} {issue}", "짧게 {camera}");

    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void changedTextIsTheNextMessagesAndTheBuiltInComesBack() throws Exception {
        bench.camera("C-1", "L-17", "한빛");
        bench.camera("C-2", "L-18", "한빛");
        bench.recipient("line", LINE_OPERATOR, List.of("L-17", "L-18"), bench.webhook("/line"));
        bench.start();
        Templates here = bench.alerting.templates();
        Bench.get(here.change(MessageKind.OPENED, Language.KO, OWN, "kim"));
        bench.turns("C-1", HEALTHY, LINE_FAULT);
        Receiver.Hook hook = bench.receiver.next();
        assertThat(hook.text("text")).isEqualTo("우리 말로: 터미널 앞 (C-1) L-17 " + hook.text("issueId"));
        assertThat(hook.json().has("message")).isFalse();

        assertThat(Bench.get(here.reset(MessageKind.OPENED, Language.KO))).isTrue();
        assertThat(Bench.get(here.reset(MessageKind.OPENED, Language.KO))).isFalse();
        bench.turns("C-2", HEALTHY, LINE_FAULT);
        assertThat(bench.receiver.next().text("text")).startsWith("[회선 장애] 터미널 앞");
    }

    @Test
    void anotherProcessSeesTheChangeAtItsNextLook() {
        Templates there =
                new Templates(
                        new PostgresTemplates(bench.database), Words.load(), Clock.systemUTC());
        Bench.get(bench.alerting.templates().change(MessageKind.OPENED, Language.EN, OWN, "kim"));
        assertThat(there.of(MessageKind.OPENED, Language.EN)).isNotEqualTo(OWN);
        Bench.get(
                there.follow(Duration.ofMillis(50))
                        .filter(_ -> there.of(MessageKind.OPENED, Language.EN).equals(OWN))
                        .next());
        assertThat(there.of(MessageKind.OPENED, Language.KO)).isNotEqualTo(OWN);
    }
}
