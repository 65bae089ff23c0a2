package cctvout.importing;

import cctvout.camera.CameraInterval;
import cctvout.camera.TidyText;
import cctvout.csv.CsvCell;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a cell's text stands for. Those that throw name the forms they take. */
final class TableCell {

    private static final Pattern NUMBER =
            Pattern.compile("[+-]?\\d{1,9}(?:\\.\\d{1,30})?(?:[eE][+-]?\\d{1,3})?");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");
    private static final Set<String> YES = Set.of("true", "1", "y", "yes", "예", "사용");
    private static final Set<String> NO = Set.of("false", "0", "n", "no", "아니오", "아니요", "미사용");

    private TableCell() {}

    /** Null where it is blank; without outer space and without {@link #guard}'s quote. */
    static @Nullable String text(String cell) {
        String text = TidyText.trimmed(cell);
        if (text.startsWith("'") && isActive(text.substring(1))) {
            text = TidyText.trimmed(text.substring(1));
        }
        return text.isEmpty() ? null : text;
    }

    /**
     * A quote before what a spreadsheet would take for a formula (OWASP, CSV injection), and before
     * what would look like such a quote.
     */
    static String guard(String text) {
        return isActive(text) ? "'" + text : text;
    }

    private static boolean isActive(String text) {
        int first = 0;
        while (first < text.length() && text.charAt(first) == '\'') {
            first++;
        }
        return first < text.length() && CsvCell.isActive(text.charAt(first));
    }

    static double number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("not a number");
        }
        return Double.parseDouble(text);
    }

    static boolean yes(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (YES.contains(word) || NO.contains(word)) {
            return YES.contains(word);
        }
        throw new IllegalArgumentException("one of true, false, 1, 0, Y, N, 예, 아니오, 사용, 미사용");
    }

    /** A bare number means seconds. */
    static Duration interval(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            return CameraInterval.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(malformed.getMessage() + ", or seconds", malformed);
        }
    }
}
