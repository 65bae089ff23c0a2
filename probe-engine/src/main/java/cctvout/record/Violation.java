package cctvout.record;

import org.jspecify.annotations.Nullable;

/**
 * One field that was refused.
 *
 * @param field as REST names it, such as {@code hlsUrl}
 * @param value what was given, cut at {@link #MAX_VALUE}; null where nothing was
 * @param reason in plain words, with the limit
 */
public record Violation(String field, @Nullable String value, String reason) {

    public static final int MAX_VALUE = 200;

    public Violation {
        if (value != null && value.length() > MAX_VALUE) {
            value = value.substring(0, MAX_VALUE) + "…";
        }
    }
}
