package cctvout.web;

import cctvout.problem.ProblemException;
import cctvout.record.RecordId;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** How much of a list is asked for. */
final class Paging {

    static final int MAX = 1000;
    private static final int USUAL = 100;

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

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

    /**
     * A filter whose own checks name the field first, such as {@code cursor: not one that…}.
     *
     * @throws ProblemException 400 where they fail
     */
    static <Q> Q query(Supplier<Q> filter) {
        try {
            return filter.get();
        } catch (IllegalArgumentException refused) {
            String[] said = String.valueOf(refused.getMessage()).split(": ", 2);
            throw ProblemException.refused(new Violation(said[0], null, said[said.length - 1]));
        }
    }

    /**
     * A cursor that is a number.
     *
     * @throws ProblemException 400 where it is none
     */
    static @Nullable String number(@Nullable String cursor) {
        return cursor(cursor, NUMBER.asMatchPredicate());
    }

    /**
     * A cursor that is the id of a page's last.
     *
     * @throws ProblemException 400 where nothing is called so
     */
    static @Nullable String id(@Nullable String cursor) {
        return cursor(cursor, RecordId::isValid);
    }

    /**
     * @param form of all that a page gives
     * @throws ProblemException 400 where it is of another
     */
    static @Nullable String cursor(@Nullable String cursor, Predicate<String> form) {
        if (cursor != null && !form.test(cursor)) {
            throw ProblemException.noCursor(cursor);
        }
        return cursor;
    }

    /**
     * A page out of what was read with one more than are shown: that one tells of another page.
     *
     * @param place of an item, where the next page begins behind it
     */
    static <T> Listed<T> ofOneMore(List<T> found, int limit, Function<T, Object> place) {
        if (found.size() <= limit) {
            return new Listed<>(found, null);
        }
        List<T> shown = List.copyOf(found.subList(0, limit));
        return new Listed<>(shown, place.apply(shown.getLast()));
    }

    /** A list whose next page is asked for with {@code next}; null where there is none. */
    record Listed<T>(List<T> items, @Nullable Object next) {}
}
