package cctvout.camera;

import cctvout.camera.CameraRegistry.Saving;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of a batch beside what is stored.
 *
 * @param savings one for each camera of the batch, in its order
 * @param altered those that are to be written, each once and as the batch has it last
 */
record CameraBatch(List<Saving> savings, Collection<Camera> altered) {

    /** {@code known} holds tombstones too: a camera that comes back goes on from its version. */
    static CameraBatch of(List<Camera> batch, Map<CameraId, CameraRow> known) {
        Map<CameraId, CameraRow> now = new HashMap<>(known);
        Map<CameraId, Camera> altered = new HashMap<>();
        List<Saving> savings = new ArrayList<>(batch.size());
        for (Camera camera : batch) {
            CameraRow before = now.get(camera.id());
            boolean present = before != null && !before.removed();
            if (before != null && present && before.camera().sameAs(camera)) {
                savings.add(Saving.UNCHANGED);
                continue;
            }
            savings.add(present ? Saving.UPDATED : Saving.CREATED);
            Camera next = camera.withVersion(before == null ? 1 : before.version() + 1);
            now.put(camera.id(), new CameraRow(next, false, 0));
            altered.put(camera.id(), next);
        }
        return new CameraBatch(savings, altered.values());
    }
}
