package cctvout.importing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Looks through a spreadsheet file (a ZIP of XML, ECMA-376) before a library reads it: what it
 * unpacks to, by counting and not by what it says of itself, and how long one row gets.
 */
final class SpreadsheetCheck {

    private static final byte[] ROW_END = {'<', '/', 'r', 'o', 'w', '>'};
    private static final int MAX_ENTRIES = 1000;
    private static final int PIECE = 64 * 1024;

    private final long maxUnpacked;
    private final long maxRow;
    private long unpacked;

    /**
     * @param maxUnpacked bytes of all parts, {@code cctvout.import.max-unpacked}
     * @param maxRow bytes of one row's XML
     */
    SpreadsheetCheck(long maxUnpacked, long maxRow) {
        this.maxUnpacked = maxUnpacked;
        this.maxRow = maxRow;
    }

    /** Blocks; throws {@link TableException} where it is no such file, or too large a one. */
    void check(Path file) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() > MAX_ENTRIES) {
                throw new TableException("a spreadsheet of more than " + MAX_ENTRIES + " parts");
            }
            if (zip.getEntry("xl/workbook.xml") == null) {
                throw new SpreadsheetException("a ZIP file, but no XLSX spreadsheet");
            }
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                try (InputStream part = zip.getInputStream(entry)) {
                    part(part, entry.getName().startsWith("xl/worksheets/"));
                }
            }
        } catch (ZipException damaged) {
            throw new TableException("not a readable XLSX file: " + damaged.getMessage());
        }
    }

    private void part(InputStream part, boolean sheet) throws IOException {
        byte[] piece = new byte[PIECE];
        long sinceRow = 0;
        int matched = 0;
        for (int read = part.read(piece); read >= 0; read = part.read(piece)) {
            unpacked += read;
            if (unpacked > maxUnpacked) {
                throw new TableException(
                        "unpacks to more than "
                                + maxUnpacked
                                + " bytes (cctvout.import.max-unpacked)");
            }
            for (int i = 0; sheet && i < read; i++) {
                matched = piece[i] == ROW_END[matched] ? matched + 1 : piece[i] == '<' ? 1 : 0;
                sinceRow++;
                if (matched == ROW_END.length) {
                    matched = 0;
                    sinceRow = 0;
                }
            }
            if (sheet && sinceRow > maxRow) {
                throw new TableException("a row of more than " + maxRow + " bytes");
            }
        }
    }
}
