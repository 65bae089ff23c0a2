package cctvout.importing;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.camera.CameraDraft;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** One camera as a table gives it. */
public final class CameraRow {

    private final int number;
    private final CameraDraft given;
    private final List<RowError> unreadable;
    private final TableHeader header;
    private final int cells;

    /**
     * @param cells how many the row has; it may have fewer than the header
     */
    CameraRow(
            int number,
            CameraDraft given,
            List<RowError> unreadable,
            TableHeader header,
            int cells) {
        this.number = number;
        this.given = given;
        this.unreadable = List.copyOf(unreadable);
        this.header = header;
        this.cells = cells;
    }

    /** As a spreadsheet shows it; the header is row 1. */
    public int number() {
        return number;
    }

    /** The camera's id, unchecked; null where there is none. */
    public @Nullable String id() {
        return given.id();
    }

    /**
     * All that is wrong with the row, or with the camera that it would make.
     *
     * @param camera see {@link #over}
     */
    public List<RowError> errors(CameraCheck check, CameraDraft camera) {
        if (!unreadable.isEmpty() && given.equals(RowReader.NOTHING)) {
            return unreadable;
        }
        List<RowError> errors = new ArrayList<>(unreadable);
        for (Violation wrong : check.violations(camera)) {
            errors.add(error(wrong.field(), wrong.value(), wrong.reason()));
        }
        return errors;
    }

    public RowError sameIdAs(int firstRow) {
        return error(Column.ID.field(), given.id(), "same id as row " + firstRow);
    }

    /**
     * What becomes of the camera, where nothing is wrong: a column that the table has not, or that
     * the row ends before, leaves the stored value alone; a blank cell clears it.
     */
    public CameraDraft over(@Nullable Camera stored) {
        if (stored == null) {
            return given;
        }
        Camera.Probes probes = stored.probes();
        return new CameraDraft(
                given.id(),
                pick(Column.NAME, given.name(), stored.name()),
                pick(Column.ADDRESS, given.address(), stored.address()),
                pick(Column.LATITUDE, given.latitude(), stored.latitude()),
                pick(Column.LONGITUDE, given.longitude(), stored.longitude()),
                pick(Column.IP, given.ip(), stored.ip()),
                pick(Column.HLS_URL, given.hlsUrl(), stored.hlsUrl()),
                pick(Column.LINE, given.line(), stored.line()),
                pick(Column.SITE, given.site(), stored.site()),
                pick(Column.DISTRICT, given.district(), stored.district()),
                pick(Column.VENDOR, given.vendor(), stored.vendor()),
                pick(Column.ZONE, given.zone(), stored.zone()),
                pick(Column.ENABLED, given.enabled(), stored.enabled()),
                pick(Column.INTERVAL, given.interval(), stored.interval()),
                pick(Column.PROBE_ICMP, given.probeIcmp(), probes.icmp()),
                pick(Column.PROBE_HLS, given.probeHls(), probes.hls()));
    }

    private <T> @Nullable T pick(Column column, @Nullable T here, @Nullable T before) {
        return header.covers(column, cells) ? here : before;
    }

    private RowError error(String field, @Nullable String value, String reason) {
        return new RowError(number, header.ofField(field), value, reason);
    }
}
