package cctvout.importing;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One row of a CSV text.
 *
 * @param number as a spreadsheet shows it: the first row is 1, blank rows count
 * @param problem why its cells cannot be trusted; null where they can
 */
record CsvRow(int number, List<String> cells, @Nullable String problem) {

    boolean blank() {
        return problem == null && cells.stream().allMatch(String::isBlank);
    }
}
