package cctvout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.operations.Monitoring.Rule;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/** Who is woken finds what to do. */
class RunbookTest {

    private final String runbook = Yaml.text(Yaml.DOCKER.resolve("RUNBOOK.md"));
    private final List<String> entries =
            Pattern.compile("(?m)^## (.+)$")
                    .matcher(runbook)
                    .results()
                    .map(found -> Objects.requireNonNull(found.group(1)))
                    .toList();

    @Test
    void everyAlertHasItsEntryAndEveryEntryItsAlertInTheSameOrder() {
        assertThat(entries)
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(Monitoring.rules().stream().map(Rule::alert).toList());
    }

    @Test
    void everyAlertSaysInBothLanguagesWhatIsWrongHowBadItIsAndWhereToReadOn() {
        for (Rule rule : Monitoring.rules()) {
            assertThat(rule.labels()).as(rule.alert()).containsOnlyKeys("severity");
            assertThat(rule.labels().get("severity")).isIn("critical", "warning");
            assertThat(rule.annotations()).containsOnlyKeys("summary", "summary_ko", "runbook");
            assertThat(rule.annotations().get("summary_ko")).containsPattern("[가-힣]");
            assertThat(rule.annotations().get("runbook"))
                    .isEqualTo("docker/RUNBOOK.md#" + rule.alert().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void everyEntryHasSteps() {
        for (String part : runbook.split("(?m)^## ")) {
            if (!part.startsWith("#")) {
                assertThat(part).contains("\n1. ");
            }
        }
    }
}
