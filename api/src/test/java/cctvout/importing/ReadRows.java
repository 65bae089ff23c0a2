package cctvout.importing;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraCheck;
import cctvout.network.AllowedNetworks;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of a text, read in small pieces as they come over a network. */
final class ReadRows {

    private static final CameraCheck STANDARD = new CameraCheck(AllowedNetworks.standard());

    private ReadRows() {}

    static List<String> errors(CameraRow row) {
        return row.errors(STANDARD, row.over(null)).stream()
                .map(e -> e.row() + " " + e.column() + " " + e.value() + " " + e.reason())
                .toList();
    }

    static CameraRow one(String text) {
        List<CameraRow> rows = rows(text);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    static List<CameraRow> rows(String text) {
        return rows(text.getBytes(StandardCharsets.UTF_8), null);
    }

    static List<CameraRow> rows(byte[] text, @Nullable Charset charset) {
        var table = new CameraTable(charset, 1000);
        List<CameraRow> rows = new ArrayList<>();
        for (int i = 0; i < text.length; i += 37) {
            rows.addAll(table.feed(Arrays.copyOfRange(text, i, Math.min(i + 37, text.length))));
        }
        rows.addAll(table.finish());
        return rows;
    }
}
