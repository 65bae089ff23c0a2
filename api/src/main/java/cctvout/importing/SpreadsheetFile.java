package cctvout.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The temporary file of a spreadsheet: a ZIP is read from its end, and what comes in has none. */
final class SpreadsheetFile {

    private static final long MAX_ROW = 1 << 20;

    private SpreadsheetFile() {}

    /** Empty; whoever asked removes it. */
    static Path create() throws IOException {
        return Files.createTempFile("cctvout-import", ".xlsx");
    }

    /**
     * Looks through it before the library does. Throws {@link TableException}.
     *
     * @param maxUnpacked bytes
     */
    static Spreadsheet open(Path file, long maxUnpacked) throws IOException {
        new SpreadsheetCheck(maxUnpacked, MAX_ROW).check(file);
        return Spreadsheet.open(file);
    }
}
