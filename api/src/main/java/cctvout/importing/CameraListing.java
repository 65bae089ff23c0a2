package cctvout.importing;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

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

    /**
     * Blocks while it reads. Throws {@link TableException} where it is no table of cameras.
     *
     * @param charset null to tell it by content
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
        byte[] piece = new byte[PIECE];
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
            cameras.addAll(tally.accept(table.feed(Arrays.copyOf(piece, length)), Map.of()));
        }
        cameras.addAll(tally.accept(table.finish(), Map.of()));
        ImportReport report = tally.report(table.ignoredColumns());
        return new CameraListing(
                List.copyOf(cameras), report.errors(), report.errorsLeftOut(), report.rejected());
    }
}
