package cctvout.policy;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Lists of a body, where each may be left out. */
final class Lists {

    private Lists() {}

    static <T> List<T> given(@Nullable List<T> list) {
        return list == null ? List.of() : list;
    }
}
