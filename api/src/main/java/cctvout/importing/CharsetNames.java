package cctvout.importing;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** What the charsets that come in are called. */
public final class CharsetNames {

    private static final Map<String, Charset> KNOWN =
            Map.ofEntries(
                    Map.entry("utf-8", StandardCharsets.UTF_8),
                    Map.entry("utf8", StandardCharsets.UTF_8),
                    Map.entry("utf-16", StandardCharsets.UTF_16),
                    Map.entry("utf-16le", StandardCharsets.UTF_16LE),
                    Map.entry("utf-16be", StandardCharsets.UTF_16BE),
                    Map.entry("ms949", CharsetGuess.MS949),
                    Map.entry("cp949", CharsetGuess.MS949),
                    Map.entry("uhc", CharsetGuess.MS949),
                    Map.entry("x-windows-949", CharsetGuess.MS949),
                    Map.entry("windows-949", CharsetGuess.MS949),
                    // what calls itself EUC-KR comes from Windows, with more syllables than that
                    // has
                    Map.entry("euc-kr", CharsetGuess.MS949),
                    Map.entry("ks_c_5601-1987", CharsetGuess.MS949));

    private CharsetNames() {}

    /** Null for {@code auto}: told by content. Throws {@link IllegalArgumentException}. */
    public static @Nullable Charset parse(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("auto")) {
            return null;
        }
        Charset charset = KNOWN.get(lower);
        if (charset == null) {
            throw new IllegalArgumentException(
                    "charset: one of auto, utf-8, ms949, utf-16, utf-16le, utf-16be");
        }
        return charset;
    }

    static String of(Charset charset) {
        return charset.equals(CharsetGuess.MS949) ? "MS949" : charset.name();
    }
}
