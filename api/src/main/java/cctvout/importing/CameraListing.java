package cctvout.importing;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A whole table of cameras at once, for who has no registry.
 *
 * @param cameras the good ones, in the table's order
 * @param errors the first ones found, see {@code maxErrors}
 * @param rejected how many rows made no camera
 */
public record CameraListing(
        List<Camera> cameras, List<RowError> errors, int errorsLeftOut, int rejected) {

    private static final int PIECE = 64 * 1024;
    private static final long MAX_SPREADSHEET = 1L << 30;
    private static final long MAX_UNPACKED = 1L << 30;

    /**
     * Blocks while it reads a CSV or, told by its first bytes, an XLSX. Throws {@link
     * TableException} where it is no table of cameras.
     *
     * @param charset of a CSV; null to tell it by content
     * @param maxRows that may make cameras; those beyond are rejected
     * @param maxErrors that are listed
     */
    public static CameraListing read(
            InputStream in,
            @Nullable Charset charset,
            CameraCheck check,
            int maxRows,
            int maxErrors)
            throws IOException {
        var table = new CameraTable(charset, CameraTable.MAX_ROW_CHARS);
        var tally = new ImportTally(check, maxRows, maxErrors);
        List<Camera> cameras = new ArrayList<>();
        Consumer<List<CameraRow>> taken = rows -> cameras.addAll(tally.accept(rows, Map.of()));
        var looked = new BufferedInputStream(in, PIECE);
        if (isZip(looked)) {
            spreadsheet(looked, row -> taken.accept(table.feed(row)));
        } else {
            byte[] piece = new byte[PIECE];
            for (int length = looked.read(piece); length >= 0; length = looked.read(piece)) {
                taken.accept(table.feed(Arrays.copyOf(piece, length)));
            }
        }
        taken.accept(table.finish());
        ImportReport report = tally.report(table.ignoredColumns());
        return new CameraListing(
                List.copyOf(cameras), report.errors(), report.errorsLeftOut(), report.rejected());
    }

    private static boolean isZip(InputStream in) throws IOException {
        in.mark(CameraTable.LOOK);
        byte[] first = in.readNBytes(CameraTable.LOOK);
        in.reset();
        return CameraTable.isZip(first);
    }

    private static void spreadsheet(InputStream in, Consumer<CsvRow> rows) throws IOException {
        Path file = SpreadsheetFile.create();
        try {
            keep(in, file);
            try (Spreadsheet sheet = SpreadsheetFile.open(file, MAX_UNPACKED)) {
                sheet.forEachRemaining(rows);
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void keep(InputStream in, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] piece = new byte[PIECE];
            long kept = 0;
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                kept += length;
                if (kept > MAX_SPREADSHEET) {
                    throw new TableException("an XLSX file of more than 1 GiB");
                }
                out.write(piece, 0, length);
            }
        }
    }
}
