package cctvout.importing;

import org.jspecify.annotations.Nullable;

/**
 * Why a row, or a cell of it, was refused.
 *
 * @param row as a spreadsheet shows it; the header is row 1
 * @param column the header as the file writes it; null where the row as a whole is meant
 * @param value the cell's, null where there is none
 */
public record RowError(int row, @Nullable String column, @Nullable String value, String reason) {

    /** In one line, for a terminal. */
    public String text() {
        return "row "
                + row
                + (column == null ? "" : ", column " + column)
                + ": "
                + reason
                + (value == null ? "" : ": \"" + value + "\"");
    }
}
