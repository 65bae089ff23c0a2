package cctvout.importing;

import cctvout.camera.CameraDraft;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Cells to a camera, under one header. */
final class RowReader {

    /** Of a row of which not one cell counts. */
    static final CameraDraft NOTHING =
            new CameraDraft(
                    null, null, null, null, null, null, null, null, null, null, null, null, null,
                    null, null, null);

    private final TableHeader header;

    RowReader(TableHeader header) {
        this.header = header;
    }

    /**
     * @param ended by a line's end: else it may be cut off, as the file is
     */
    CameraRow read(CsvRow row, boolean ended) {
        List<RowError> errors = new ArrayList<>();
        String problem = row.problem() != null ? row.problem() : width(row.cells(), ended);
        if (problem != null) {
            errors.add(new RowError(row.number(), null, null, problem));
            return refused(row.number(), errors);
        }
        var cells = new Cells(row, errors);
        CameraDraft given =
                new CameraDraft(
                        cells.text(Column.ID),
                        cells.text(Column.NAME),
                        cells.text(Column.ADDRESS),
                        cells.value(Column.LATITUDE, TableCell::number),
                        cells.value(Column.LONGITUDE, TableCell::number),
                        cells.text(Column.IP),
                        cells.text(Column.HLS_URL),
                        cells.text(Column.LINE),
                        cells.text(Column.SITE),
                        cells.text(Column.DISTRICT),
                        cells.text(Column.VENDOR),
                        cells.text(Column.ZONE),
                        cells.value(Column.ENABLED, TableCell::yes),
                        cells.value(Column.INTERVAL, TableCell::interval),
                        cells.value(Column.PROBE_ICMP, TableCell::yes),
                        cells.value(Column.PROBE_HLS, TableCell::yes));
        return new CameraRow(row.number(), given, errors, header, row.cells().size());
    }

    /** A row of which some characters could not be read. */
    CameraRow unreadable(CsvRow row, int cell, String reason) {
        String value = new Violation("", row.cells().get(cell), "").value();
        var error = new RowError(row.number(), header.at(cell), value, reason);
        return refused(row.number(), List.of(error));
    }

    private CameraRow refused(int number, List<RowError> errors) {
        return new CameraRow(number, NOTHING, errors, header, 0);
    }

    /**
     * Blank cells beyond the header are a spreadsheet's habit, and so is to leave out those at a
     * row's end. A row that names no camera to check is none of these.
     */
    private @Nullable String width(List<String> cells, boolean ended) {
        int width = cells.size();
        while (width > header.width() && cells.get(width - 1).isBlank()) {
            width--;
        }
        boolean shortened = ended && width < header.width() && namesACamera(cells);
        return width == header.width() || shortened
                ? null
                : width + " cells, where the header has " + header.width();
    }

    private boolean namesACamera(List<String> cells) {
        return header.text(Column.ID, cells) != null
                && (header.text(Column.IP, cells) != null
                        || header.text(Column.HLS_URL, cells) != null);
    }

    private final class Cells {
        private final CsvRow row;
        private final List<RowError> errors;

        Cells(CsvRow row, List<RowError> errors) {
            this.row = row;
            this.errors = errors;
        }

        @Nullable String text(Column column) {
            return header.text(column, row.cells());
        }

        <T> @Nullable T value(Column column, Function<String, T> meaning) {
            String text = text(column);
            if (text == null) {
                return null;
            }
            try {
                return meaning.apply(text);
            } catch (IllegalArgumentException malformed) {
                var shown =
                        new Violation(column.field(), text, String.valueOf(malformed.getMessage()));
                errors.add(
                        new RowError(
                                row.number(),
                                header.ofField(shown.field()),
                                shown.value(),
                                shown.reason()));
                return null;
            }
        }
    }
}
