package cctvout.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.hls.HlsReason;
import cctvout.hls.HlsStatus;
import cctvout.icmp.IcmpStatus;
import cctvout.status.Verdict;

import org.junit.jupiter.api.Test;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Nobody is shown a code where words are due. */
class DictionaryTest {

    private static final Pattern ENTRY = Pattern.compile("'([\\w.]+)': '([^']*)'");
    private static final Pattern NAMED = Pattern.compile("\\bt\\('([\\w.]+)'");
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
                        assertThat(places(korean.getOrDefault(key, "")))
                                .as(key)
                                .isEqualTo(places(words)));
    }

    @Test
    void everyKeyThatThePageNamesHasWords() {
        var named = new TreeSet<String>();
        for (Resource file : files("classpath:/static/js/**/*.js")) {
            NAMED.matcher(text(file)).results().map(found -> found.group(1)).forEach(named::add);
        }
        assertThat(named).hasSizeGreaterThan(200);
        assertThat(english).containsKeys(named.toArray(String[]::new));
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
        var words = new TreeMap<String, String>();
        for (Resource file : files("classpath:/static/js/i18n/" + language + "*.js")) {
            Matcher entry = ENTRY.matcher(text(file));
            while (entry.find()) {
                assertThat(words.put(entry.group(1), entry.group(2)))
                        .as(entry.group(1) + ", twice in " + language)
                        .isNull();
            }
        }
        return words;
    }

    private static Resource[] files(String pattern) {
        try {
            return new PathMatchingResourcePatternResolver().getResources(pattern);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String text(Resource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
