package cctvout.engine;

import cctvout.status.CameraStatus;
import cctvout.status.StatusTransition;

/** Where the loop's checks, transitions and results go. None of them waits. */
interface Ports {

    /**
     * @param failing the camera was not well before: it has a lane of its own
     */
    void check(Check check, boolean failing);

    /** False where it could not be kept. */
    boolean transition(StatusTransition transition);

    void shown(CameraStatus status);
}
