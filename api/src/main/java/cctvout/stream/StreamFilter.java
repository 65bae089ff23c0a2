package cctvout.stream;

import cctvout.problem.ProblemException;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a client wants to see. A filter by place leaves out what concerns no single camera; a null
 * matches all.
 */
record StreamFilter(
        Set<String> types,
        @Nullable String district,
        @Nullable String line,
        @Nullable String vendor) {

    static final Set<String> TYPES =
            Set.of("transition", "issue", "notification", "result", "summary");

    static final StreamFilter ALL = new StreamFilter(TYPES, null, null, null);

    /**
     * @param types names joined by commas; all where it is blank
     * @throws ProblemException 400, names the type that is none
     */
    static StreamFilter of(
            @Nullable String types,
            @Nullable String district,
            @Nullable String line,
            @Nullable String vendor) {
        return new StreamFilter(
                typesOf(types),
                presentOrNull(district),
                presentOrNull(line),
                presentOrNull(vendor));
    }

    boolean wants(String type) {
        return types.contains(type);
    }

    boolean wants(String type, @Nullable Place place) {
        return wants(type) && covers(place);
    }

    /** True where not every log entry is passed on: the ids that a client sees have holes. */
    boolean isPartial() {
        return byPlace() || !wants("transition") || !wants("issue") || !wants("notification");
    }

    private boolean covers(@Nullable Place place) {
        if (!byPlace()) {
            return true;
        }
        return place != null
                && (district == null || district.equals(place.district()))
                && (line == null || line.equals(place.line()))
                && (vendor == null || vendor.equals(place.vendor()));
    }

    private boolean byPlace() {
        return district != null || line != null || vendor != null;
    }

    private static Set<String> typesOf(@Nullable String names) {
        if (names == null || names.isBlank()) {
            return TYPES;
        }
        var wanted = new TreeSet<>(Arrays.asList(names.strip().split("\\s*,\\s*")));
        for (String type : wanted) {
            if (!TYPES.contains(type)) {
                throw ProblemException.refused(
                        new Violation("types", type, "one or more of " + new TreeSet<>(TYPES)));
            }
        }
        return wanted;
    }

    private static @Nullable String presentOrNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}
