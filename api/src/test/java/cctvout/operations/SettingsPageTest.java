package cctvout.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an engineer reads about settings is what the application has. */
class SettingsPageTest {

    private static final Pattern ROW =
            Pattern.compile("\\| `([^`]+)` \\| (?:`(.*?)`)? ?\\| .+ \\|");

    @Test
    void namesEverySettingWithItsDefaultAndNoOther() throws IOException {
        String page = Files.readString(Path.of("../docker/SETTINGS.md"));
        Map<String, String> written = new TreeMap<>();
        for (String line : page.substring(page.indexOf("\n## ")).split("\n")) {
            if (line.startsWith("| `")) {
                Matcher row = ROW.matcher(line);
                assertThat(row.matches()).as(line).isTrue();
                String standard = row.group(2);
                written.put(row.group(1), standard == null ? "" : standard.replace("\\|", "|"));
            }
        }
        assertThat(written).containsExactlyInAnyOrderEntriesOf(KnownSettings.withDefaults());
    }
}
