package cctvout.importing;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.camera.CameraDraft;
import cctvout.camera.CameraId;
import cctvout.camera.CameraRegistry.Saving;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One import's decisions and counts: pure, for one table and one thread at a time, but that batches
 * are {@link #saved} while the next is checked.
 */
final class ImportTally {

    private final CameraCheck check;
    private final int maxRows;
    private final int maxErrors;

    private final Map<String, Integer> rowOfId = new HashMap<>();
    private final Map<Saving, Integer> saved = new EnumMap<>(Saving.class);
    private final List<RowError> errors = new ArrayList<>();
    private int received;
    private int rejected;
    private int errorCount;

    ImportTally(CameraCheck check, int maxRows, int maxErrors) {
        this.check = check;
        this.maxRows = maxRows;
        this.maxErrors = maxErrors;
    }

    /** The cameras that these rows make, in order; the other rows are rejected. */
    List<Camera> accept(List<CameraRow> rows, Map<CameraId, Camera> stored) {
        List<Camera> good = new ArrayList<>();
        for (CameraRow row : rows) {
            received++;
            CameraDraft draft = row.over(stored(row, stored));
            List<RowError> wrong = wrong(row, draft);
            if (wrong.isEmpty()) {
                Camera camera = draft.toCamera();
                rowOfId.put(camera.id().value(), row.number());
                good.add(camera);
            } else {
                reject(wrong);
            }
        }
        return good;
    }

    void saved(List<Saving> outcomes) {
        outcomes.forEach(outcome -> saved.merge(outcome, 1, Integer::sum));
    }

    int received() {
        return received;
    }

    ImportReport report(List<String> ignoredColumns) {
        return new ImportReport(
                received,
                saved.getOrDefault(Saving.CREATED, 0),
                saved.getOrDefault(Saving.UPDATED, 0),
                saved.getOrDefault(Saving.UNCHANGED, 0),
                rejected,
                List.copyOf(errors),
                errorCount - errors.size(),
                ignoredColumns);
    }

    /** What saving would do. */
    static Saving outcome(Camera camera, @Nullable Camera stored) {
        if (stored == null) {
            return Saving.CREATED;
        }
        return camera.sameAs(stored) ? Saving.UNCHANGED : Saving.UPDATED;
    }

    private List<RowError> wrong(CameraRow row, CameraDraft draft) {
        if (received > maxRows) {
            String limit = "more than " + maxRows + " rows (cctvout.import.max-rows)";
            return List.of(new RowError(row.number(), null, null, limit));
        }
        List<RowError> wrong = row.errors(check, draft);
        Integer first = row.id() == null ? null : rowOfId.get(row.id());
        return wrong.isEmpty() && first != null ? List.of(row.sameIdAs(first)) : wrong;
    }

    private void reject(List<RowError> wrong) {
        rejected++;
        errorCount += wrong.size();
        for (RowError error : wrong) {
            if (errors.size() < maxErrors) {
                errors.add(error);
            }
        }
    }

    private static @Nullable Camera stored(CameraRow row, Map<CameraId, Camera> stored) {
        String id = row.id();
        return id != null && CameraId.isValid(id) ? stored.get(new CameraId(id)) : null;
    }
}
