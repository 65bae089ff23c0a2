package cctvout.importing;

import cctvout.camera.Camera;
import cctvout.csv.CsvCell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Cameras as the CSV that {@link CameraTable} takes back, safe to open in a spreadsheet. */
final class CameraCsv {

    /** A byte order mark, without which a Korean spreadsheet takes UTF-8 for MS949. */
    static final String HEADER =
            "\ufeff"
                    + Arrays.stream(Column.values())
                            .map(Column::field)
                            .collect(Collectors.joining(","))
                    + "\r\n";

    private CameraCsv() {}

    static String row(Camera camera) {
        List<String> cells = new ArrayList<>();
        for (Column column : Column.values()) {
            cells.add(cell(value(camera, column)));
        }
        return String.join(",", cells) + "\r\n";
    }

    /** A number is none of those that a spreadsheet must be kept from, its sign is its own. */
    private static String cell(@org.jspecify.annotations.Nullable Object value) {
        String text = Objects.toString(value, "");
        return value instanceof Number ? text : CsvCell.quoted(TableCell.guard(text));
    }

    private static @org.jspecify.annotations.Nullable Object value(Camera camera, Column column) {
        return switch (column) {
            case ID -> camera.id();
            case NAME -> camera.name();
            case ADDRESS -> camera.address();
            case LATITUDE -> camera.latitude();
            case LONGITUDE -> camera.longitude();
            case IP -> camera.ip();
            case HLS_URL -> camera.hlsUrl();
            case LINE -> camera.line();
            case SITE -> camera.site();
            case DISTRICT -> camera.district();
            case VENDOR -> camera.vendor();
            case ZONE -> camera.zone();
            case ENABLED -> camera.enabled();
            case INTERVAL -> camera.interval();
            case PROBE_ICMP -> camera.probes().icmp();
            case PROBE_HLS -> camera.probes().hls();
        };
    }
}
