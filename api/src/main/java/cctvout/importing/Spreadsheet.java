package cctvout.importing;

import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** The first sheet of an XLSX file, row by row. Blocks; for one thread at a time. */
final class Spreadsheet implements AutoCloseable, Iterator<CsvRow> {

    /** More than any table of cameras has. */
    private static final int MAX_CELLS = 1000;

    private final ReadableWorkbook workbook;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private int width;

    private Spreadsheet(ReadableWorkbook workbook) throws IOException {
        this.workbook = workbook;
        this.stream = workbook.getFirstSheet().openStream();
        this.rows = stream.iterator();
    }

    /** Of a file that was checked. */
    static Spreadsheet open(Path file) {
        try {
            return new Spreadsheet(new ReadableWorkbook(file.toFile()));
        } catch (IOException | RuntimeException damaged) {
            throw damaged(damaged);
        }
    }

    @Override
    public boolean hasNext() {
        try {
            return rows.hasNext();
        } catch (RuntimeException damaged) {
            throw damaged(damaged);
        }
    }

    @Override
    public CsvRow next() {
        try {
            Row row = rows.next();
            int count = Math.min(row.getCellCount(), MAX_CELLS);
            List<String> cells = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                cells.add(row.hasCell(i) ? text(row.getCell(i)) : "");
            }
            String problem =
                    row.getCellCount() > MAX_CELLS ? "more than " + MAX_CELLS + " cells" : null;
            return new CsvRow(row.getRowNum(), padded(cells), problem);
        } catch (ExcelReaderException damaged) {
            throw damaged(damaged);
        }
    }

    /** What a formula came to when the file was saved; it is not computed again. */
    private static String text(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return "";
        }
        if (cell.getType() == CellType.NUMBER) {
            return cell.asNumber().toPlainString();
        }
        String text = cell.getType() == CellType.BOOLEAN ? cell.getRawValue() : cell.getText();
        return text == null ? "" : text;
    }

    /**
     * Cells without content at the end of a row are not in the file, or more than the header has.
     */
    private List<String> padded(List<String> cells) {
        while (cells.size() > width && cells.getLast().isBlank()) {
            cells.removeLast();
        }
        if (width == 0) {
            width = cells.size();
        }
        while (cells.size() < width) {
            cells.add("");
        }
        return List.copyOf(cells);
    }

    private static TableException damaged(Exception why) {
        return new TableException("not a readable XLSX file: " + why.getMessage());
    }

    @Override
    public void close() {
        stream.close();
        try {
            workbook.close();
        } catch (IOException unread) {
            throw damaged(unread);
        }
    }
}
