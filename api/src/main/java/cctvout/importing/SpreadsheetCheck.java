package cctvout.importing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Looks through a spreadsheet file (a ZIP of XML, ECMA-376) before a library reads it: what it
 * unpacks to, by counting and not by what it says of itself, and how long and how wide one row
 * gets. Any part may be the sheet, wherever it stands: the workbook says which one is.
 */
final class SpreadsheetCheck {

    private static final int MAX_ENTRIES = 1000;

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
            Set<String> names = new HashSet<>();
            Enumeration<? extends ZipEntry> entries = zip.entries();
            while (entries.hasMoreElements()) {
                ZipEntry entry = entries.nextElement();
                if (!names.add(entry.getName())) {
                    throw new TableException("two parts of one name: " + entry.getName());
                }
                try (InputStream part = zip.getInputStream(entry)) {
                    part(part);
                }
            }
        } catch (ZipException damaged) {
            throw new TableException("not a readable XLSX file: " + damaged.getMessage());
        }
    }

    /** What is no XML, a picture perhaps, or stops to be, is counted to its end. */
    private void part(InputStream part) throws IOException {
        InputStream counted = new Counted(part);
        new SheetLimits(maxRow).check(counted);
        counted.transferTo(OutputStream.nullOutputStream());
    }

    private final class Counted extends InputStream {
        private final InputStream part;

        Counted(InputStream part) {
            this.part = part;
        }

        @Override
        public int read() throws IOException {
            return counted(part.read(), 1);
        }

        @Override
        public int read(byte[] piece, int from, int most) throws IOException {
            int read = part.read(piece, from, most);
            return counted(read, read);
        }

        private int counted(int read, int bytes) {
            if (read < 0) {
                return read;
            }
            unpacked += bytes;
            if (unpacked > maxUnpacked) {
                throw new TableException(
                        "unpacks to more than "
                                + maxUnpacked
                                + " bytes (cctvout.import.max-unpacked)");
            }
            return read;
        }
    }
}
