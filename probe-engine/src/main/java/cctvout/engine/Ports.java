package cctvout.engine;

import cctvout.cluster.Claim;
import cctvout.status.CameraStatus;
import cctvout.status.StatusTransition;

/** Where the loop's transitions and results go. None of them waits. */
interface Ports {

    /** False where it could not be kept. */
    boolean transition(StatusTransition transition, Claim claim);

    void shown(CameraStatus status);
}
