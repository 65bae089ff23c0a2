package cctvout.importing;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A CSV of cameras to rows, pushed in pieces of any size: what import and command line read with.
 * Holds one row, and up to 64 KiB until the charset is told. Pure, for one text and one thread.
 */
public final class CameraTable {

    /** Of one row; {@code cctvout.import.max-row-chars} sets another limit for the import. */
    public static final int MAX_ROW_CHARS = 65_536;

    private static final String ZIP = "PK\u0003\u0004";
    private static final byte[] ZIP_BYTES = ZIP.getBytes(StandardCharsets.ISO_8859_1);

    /** How many first bytes {@link #isZip} wants to see. */
    static final int LOOK = ZIP_BYTES.length;

    /** What a spreadsheet of before 2007 begins with (MS-CFB, 2.2). */
    private static final byte[] OLD = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};

    /** RFC 1952, 2.3.1. */
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};

    private final TextDecoder decoder;
    private final CsvParser parser;
    private final ColumnMap map;
    private boolean begun;
    private boolean ending;
    private @Nullable TableHeader header;
    private @Nullable RowReader reader;
    private List<CameraRow> ready = new ArrayList<>();

    /**
     * @param charset of the text; null to tell it by content
     */
    public CameraTable(@Nullable Charset charset, int maxRowChars) {
        this(charset, maxRowChars, ColumnMap.NONE);
    }

    CameraTable(@Nullable Charset charset, int maxRowChars, ColumnMap map) {
        this.map = map;
        this.decoder = new TextDecoder(charset);
        this.parser = new CsvParser(maxRowChars, this::row);
    }

    /** Whether what begins so is a ZIP file, as an XLSX is. */
    static boolean isZip(byte[] first) {
        return first.length >= LOOK && Arrays.equals(first, 0, LOOK, ZIP_BYTES, 0, LOOK);
    }

    /**
     * The rows that this piece ends. Throws {@link TableException} where the header lacks a column
     * that each camera needs.
     */
    public List<CameraRow> feed(byte[] bytes) {
        if (!begun && bytes.length > OLD.length && Arrays.mismatch(bytes, OLD) == OLD.length) {
            throw new SpreadsheetException("this is an old XLS file: save it as XLSX or CSV");
        }
        if (!begun && bytes.length > GZIP.length && Arrays.mismatch(bytes, GZIP) == GZIP.length) {
            throw new SpreadsheetException("this is a gzip file: unpack it");
        }
        String text = decoder.feed(bytes);
        if (!begun && text.startsWith(ZIP)) {
            throw new SpreadsheetException("this is a ZIP file: a table is CSV or XLSX");
        }
        begun |= !text.isEmpty();
        parser.feed(text);
        return take();
    }

    /** The same of a row whose cells are known already. */
    List<CameraRow> feed(CsvRow row) {
        row(row);
        return take();
    }

    /** The rows that the end of the text ends; throws where there was not even a header. */
    public List<CameraRow> finish() {
        parser.feed(decoder.finish());
        ending = true;
        parser.finish();
        if (header == null) {
            throw new TableException("no header: the table is empty");
        }
        return take();
    }

    /** Headers that mean nothing here, as the table writes them. */
    public List<String> ignoredColumns() {
        return header == null ? List.of() : header.ignored();
    }

    private List<CameraRow> take() {
        List<CameraRow> rows = ready;
        ready = new ArrayList<>();
        return rows;
    }

    private void row(CsvRow row) {
        if (row.blank()) {
            return;
        }
        if (reader == null) {
            header = header(row);
            reader = new RowReader(header);
            return;
        }
        int doubtful = doubtful(row);
        ready.add(
                doubtful < 0
                        ? reader.read(row, !ending)
                        : reader.unreadable(row, doubtful, misread()));
    }

    private TableHeader header(CsvRow row) {
        if (row.problem() != null) {
            throw new TableException("row " + row.number() + ", the header: " + row.problem());
        }
        try {
            return TableHeader.of(row.cells(), map);
        } catch (TableException missing) {
            if (doubtful(row) < 0) {
                throw missing;
            }
            throw new TableException(
                    missing.unknown(), missing.getMessage() + " (" + misread() + ")");
        }
    }

    /** The first cell whose characters are not what was meant; -1 where there is none. */
    private int doubtful(CsvRow row) {
        boolean contradicted = decoder.contradiction() != null;
        for (int i = 0; i < row.cells().size(); i++) {
            if (doubtful(row.cells().get(i), contradicted)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean doubtful(String cell, boolean contradicted) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == 0xfffd || contradicted && c > 0x7f) {
                return true;
            }
        }
        return false;
    }

    private String misread() {
        Charset meant = decoder.contradiction();
        return "cannot be read as "
                + CharsetNames.of(decoder.charset())
                + (meant == null ? "" : ", the text is " + CharsetNames.of(meant))
                + ": leave the charset to charset=auto, or name the right one";
    }
}
