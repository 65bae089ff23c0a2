package cctvout.importing;

import java.util.List;

/**
 * What became of a table.
 *
 * @param received rows that were not blank; the sum of the four numbers that follow
 * @param errors at most {@code cctvout.import.max-errors}
 * @param errorsLeftOut how many more there were
 * @param ignoredColumns headers that mean nothing here
 */
record ImportReport(
        int received,
        int created,
        int updated,
        int unchanged,
        int rejected,
        List<RowError> errors,
        int errorsLeftOut,
        List<String> ignoredColumns) {}
