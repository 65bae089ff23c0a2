package cctvout.report;

import cctvout.csv.CsvCell;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows as CSV (RFC 4180) that is safe to open in a spreadsheet. */
final class AvailabilityCsv {

    /** A byte order mark, without which a Korean spreadsheet takes UTF-8 for MS949. */
    static final String HEADER =
            "\ufeffkey,name,cameras,availability,ownAvailability,upSeconds,degradedSeconds,downSeconds,"
                    + "unknownSeconds,maintenanceSeconds,outages,mttrSeconds,longestOutageSeconds,"
                    + "lineOutages,lineDownSeconds,lineMttrSeconds,"
                    + "cameraOutages,cameraDownSeconds,cameraMttrSeconds,"
                    + "streamServerOutages,streamServerDownSeconds,streamServerMttrSeconds,"
                    + "repeatOffenders,worst\r\n";

    private static final String TOTAL = "TOTAL";
    private static final int RATIO_DIGITS = 6;

    private AvailabilityCsv() {}

    static String row(AvailabilityRow row) {
        List<String> cells = new ArrayList<>();
        cells.add(text(row.total() ? TOTAL : row.key()));
        cells.add(text(row.name()));
        cells.add(Integer.toString(row.cameras()));
        cells.add(ratio(row.availability()));
        cells.add(ratio(row.ownAvailability()));
        cells.add(seconds(row.upSeconds()));
        cells.add(seconds(row.degradedSeconds()));
        cells.add(seconds(row.downSeconds()));
        cells.add(seconds(row.unknownSeconds()));
        cells.add(seconds(row.maintenanceSeconds()));
        cells.add(Integer.toString(row.outages()));
        cells.add(seconds(row.mttrSeconds()));
        cells.add(seconds(row.longestOutageSeconds()));
        List.of(row.line(), row.camera(), row.streamServer()).forEach(it -> party(cells, it));
        cells.add(Integer.toString(row.repeatOffenders()));
        cells.add(
                text(
                        row.worst().stream()
                                .map(it -> it.cameraId() + " (" + it.outages() + ")")
                                .collect(Collectors.joining(" "))));
        return String.join(",", cells) + "\r\n";
    }

    private static void party(List<String> cells, AvailabilityRow.Party party) {
        cells.add(Integer.toString(party.outages()));
        cells.add(seconds(party.downSeconds()));
        cells.add(seconds(party.mttrSeconds()));
    }

    /** What a spreadsheet would take for a formula begins with an apostrophe. */
    static String text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        return CsvCell.quoted(CsvCell.isActive(value.charAt(0)) ? "'" + value : value);
    }

    private static String ratio(@Nullable Double value) {
        return value == null
                ? ""
                : BigDecimal.valueOf(value)
                        .setScale(RATIO_DIGITS, RoundingMode.HALF_UP)
                        .toPlainString();
    }

    private static String seconds(@Nullable Double value) {
        return value == null ? "" : BigDecimal.valueOf(value).toPlainString();
    }
}
