package cctvout.camera;

import org.jspecify.annotations.Nullable;

import java.text.Normalizer;
import java.util.List;

/**
 * Text as it is kept and looked for, so that what looks the same is the same: without outer space
 * of any kind, also what a web page or a sheet leaves there unseen, such as a no-break space.
 */
public final class TidyText {

    private TidyText() {}

    /** Null where nothing is left. */
    static @Nullable String of(@Nullable String text) {
        String trimmed = text == null ? "" : trimmed(text);
        return trimmed.isEmpty() ? null : trimmed;
    }

    /** Of a name or a place: a Mac's decomposed Hangul is composed too. Null for nothing. */
    static @Nullable String composed(@Nullable String text) {
        String tidy = of(text);
        return tidy == null ? null : Normalizer.normalize(tidy, Normalizer.Form.NFC);
    }

    /** Names of lines, districts and the like, each once; a blank one stays, to be refused. */
    public static List<String> names(List<String> given) {
        return given.stream()
                .map(name -> Normalizer.normalize(trimmed(name), Normalizer.Form.NFC))
                .distinct()
                .toList();
    }

    /** Ids of cameras, each once. */
    public static List<String> ids(List<String> given) {
        return given.stream().map(TidyText::trimmed).distinct().toList();
    }

    public static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isOuter(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (from < to && isOuter(text.codePointBefore(to))) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    private static boolean isOuter(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT;
    }
}
