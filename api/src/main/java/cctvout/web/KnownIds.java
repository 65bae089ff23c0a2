package cctvout.web;

import cctvout.camera.CameraId;
import cctvout.problem.ProblemException;

/** Ids in paths: one that cannot be an id is unknown. */
final class KnownIds {

    private KnownIds() {}

    /**
     * @throws ProblemException 404
     */
    static CameraId camera(String id) {
        if (!CameraId.isValid(id)) {
            throw ProblemException.unknown("camera", id);
        }
        return new CameraId(id);
    }
}
