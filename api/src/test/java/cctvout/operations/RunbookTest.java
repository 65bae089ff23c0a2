package cctvout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.operations.Monitoring.Rule;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Who is woken finds what to do. */
class RunbookTest {

    private static final Path ENGLISH = Yaml.DOCKER.resolve("RUNBOOK.md");
    private static final Path KOREAN = Yaml.DOCKER.resolve("RUNBOOK.ko.md");

    @Test
    void everyAlertHasItsEntryAndEveryEntryItsAlertInTheSameOrderInBothLanguages() {
        for (Path runbook : List.of(ENGLISH, KOREAN)) {
            assertThat(entries(runbook).keySet())
                    .as(runbook.toString())
                    .containsExactlyElementsOf(
                            Monitoring.rules().stream().map(Rule::alert).toList());
        }
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
    void everyEntryHasAsManyStepsAndTheSameCommandsInBothLanguages() {
        Map<String, String> english = entries(ENGLISH);
        Map<String, String> korean = entries(KOREAN);
        english.forEach(
                (alert, text) -> {
                    String other = korean.getOrDefault(alert, "");
                    assertThat(steps(text)).as(alert).isPositive().isEqualTo(steps(other));
                    assertThat(commands(other)).as(alert).isEqualTo(commands(text));
                    assertThat(other).as(alert).containsPattern("[가-힣]");
                });
    }

    @Test
    void theFrontPageLeadsToTheRunbookInItsOwnLanguage() {
        assertThat(Yaml.text(Path.of("../README.md"))).contains("(docker/RUNBOOK.md)");
        assertThat(Yaml.text(Path.of("../README.ko.md"))).contains("(docker/RUNBOOK.ko.md)");
    }

    /** What is said of each alert, in the order of the file. */
    private static Map<String, String> entries(Path runbook) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String part : Yaml.text(runbook).split("(?m)^## ")) {
            if (!part.startsWith("#")) {
                int end = part.indexOf('\n');
                assertThat(entries.put(part.substring(0, end), part.substring(end))).isNull();
            }
        }
        return entries;
    }

    private static long steps(String entry) {
        return entry.lines().filter(line -> line.matches("\\d+\\. .+")).count();
    }

    private static Set<String> commands(String entry) {
        return Pattern.compile("`[^`]+`")
                .matcher(entry)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
