package cctvout.camera;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often a camera may be checked, and how that is written. */
public final class CameraInterval {

    public static final Duration MIN = Duration.ofSeconds(1);
    public static final Duration MAX = Duration.ofHours(24);

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Pattern ISO = Pattern.compile("P[0-9DTHMS.]{1,40}");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of(
                    "ms", ChronoUnit.MILLIS,
                    "s", ChronoUnit.SECONDS,
                    "m", ChronoUnit.MINUTES,
                    "h", ChronoUnit.HOURS,
                    "d", ChronoUnit.DAYS);

    private CameraInterval() {}

    /**
     * @param text {@code 15m} or {@code PT15M}, case ignored
     * @throws IllegalArgumentException that says which forms there are
     */
    public static Duration parse(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        Matcher brief = SHORT.matcher(lower);
        if (brief.matches()) {
            return Duration.of(Long.parseLong(brief.group(1)), UNITS.get(brief.group(2)));
        }
        String upper = lower.toUpperCase(Locale.ROOT);
        try {
            if (ISO.matcher(upper).matches()) {
                return Duration.parse(upper);
            }
        } catch (RuntimeException notADuration) {
            throw new IllegalArgumentException(FORM, notADuration);
        }
        throw new IllegalArgumentException(FORM);
    }

    private static final String FORM = "not a duration, such as 15m or PT15M";

    static boolean within(Duration interval) {
        return interval.compareTo(MIN) >= 0 && interval.compareTo(MAX) <= 0;
    }
}
