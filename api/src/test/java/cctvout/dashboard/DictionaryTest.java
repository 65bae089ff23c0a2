package cctvout.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.hls.HlsReason;
import cctvout.hls.HlsStatus;
import cctvout.icmp.IcmpStatus;
import cctvout.status.Verdict;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Nobody is shown a code where words are due. */
class DictionaryTest {

    private static final Pattern ENTRY = Pattern.compile("'([\\w.]+)': '([^']*)'");
    private static final Pattern PLACE = Pattern.compile("\\{\\w+}");

    private final Map<String, String> english = words("en");
    private final Map<String, String> korean = words("ko");

    @Test
    void everyWordIsInBothLanguages() {
        assertThat(korean.keySet()).isEqualTo(english.keySet());
        assertThat(english).hasSizeGreaterThan(100).doesNotContainValue("");
        assertThat(korean).doesNotContainValue("");
    }

    @Test
    void bothLanguagesFillInTheSame() {
        english.forEach(
                (key, words) ->
                        assertThat(places(korean.get(key))).as(key).isEqualTo(places(words)));
    }

    @Test
    void everyVerdictReasonAndStatusHasWords() {
        assertThat(english)
                .containsKeys(keys("verdict.", Verdict.values()))
                .containsKeys(keys("means.", Verdict.values()))
                .containsKeys(keys("reason.", HlsReason.values()))
                .containsKeys(keys("hls.", HlsStatus.values()))
                .containsKeys(keys("icmp.", IcmpStatus.values()))
                .containsKeys(
                        "reason.OK",
                        "reason.LOSS",
                        "reason.TIMEOUT",
                        "reason.ICMP_TIMEOUT",
                        "reason.NO_ECHO",
                        "reason.HOST_UNREACHABLE",
                        "reason.NET_UNREACHABLE",
                        "reason.PROHIBITED",
                        "reason.NO_ROUTE",
                        "reason.DNS_ERROR",
                        "reason.BLOCKED_ADDRESS",
                        "reason.SEND_ERROR");
    }

    private static String[] keys(String prefix, Enum<?>[] codes) {
        return Arrays.stream(codes).map(code -> prefix + code.name()).toArray(String[]::new);
    }

    private static String places(String words) {
        Stream<String> found =
                PLACE.matcher(words).results().map(result -> result.group()).sorted();
        return found.toList().toString();
    }

    private static Map<String, String> words(String language) {
        String path = "/static/js/i18n/" + language + ".js";
        try (InputStream file = DictionaryTest.class.getResourceAsStream(path)) {
            assertThat(file).as(path).isNotNull();
            var words = new TreeMap<String, String>();
            Matcher entry = ENTRY.matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            while (entry.find()) {
                words.put(entry.group(1), entry.group(2));
            }
            return words;
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }
}
