package cctvout.web;

import cctvout.camera.Violation;
import cctvout.problem.ProblemException;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** How much of a list is asked for. */
final class Paging {

    static final int MAX = 1000;
    private static final int USUAL = 100;

    private Paging() {}

    /**
     * @throws ProblemException 400 where it is not between 1 and {@link #MAX}
     */
    static int limit(@Nullable Integer asked) {
        if (asked == null) {
            return USUAL;
        }
        if (asked < 1 || asked > MAX) {
            throw ProblemException.refused(
                    new Violation("limit", asked.toString(), "between 1 and " + MAX));
        }
        return asked;
    }

    /** A list whose next page is asked for with {@code next}; null where there is none. */
    record Listed<T>(List<T> items, @Nullable Object next) {}
}
