package cctvout.web;

import cctvout.problem.ProblemException;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Pages of a list that is short enough to be at hand as a whole. The cursor is the key of a page's
 * last item, which may be gone when the next one is asked for: nothing is skipped or repeated.
 *
 * @param key of an item, no two alike: the order is the key's
 * @param form that every key has
 */
record ListOrder<T>(Function<T, String> key, Predicate<String> form) {

    /**
     * Some of them.
     *
     * @param total of all pages
     */
    record Page<T>(List<T> items, int total, @Nullable String next) {}

    /**
     * @param limit null for the usual
     * @param cursor {@code next} of the page before
     * @throws ProblemException 400 where limit or cursor is none
     */
    Page<T> page(List<T> all, @Nullable Integer limit, @Nullable String cursor) {
        int most = Paging.limit(limit);
        String after = Paging.cursor(cursor, form);
        List<T> rest =
                all.stream()
                        .filter(one -> after == null || key.apply(one).compareTo(after) > 0)
                        .sorted(Comparator.comparing(key))
                        .limit(most + 1L)
                        .toList();
        boolean more = rest.size() > most;
        List<T> shown = more ? rest.subList(0, most) : rest;
        return new Page<>(shown, all.size(), more ? key.apply(shown.getLast()) : null);
    }
}
