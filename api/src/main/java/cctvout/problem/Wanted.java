package cctvout.problem;

import java.time.Instant;

/** What a value of a type looks like, for who gave another. */
public final class Wanted {

    private Wanted() {}

    public static String of(Class<?> type) {
        if (type == Instant.class) {
            return "not an instant, such as 2026-01-01T00:00:00Z";
        }
        if (type == Long.class
                || type == long.class
                || type == Integer.class
                || type == int.class) {
            return "not a whole number";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        return "not a value of type " + type.getSimpleName();
    }
}
