package cctvout.history;

import cctvout.cluster.Claim;
import cctvout.status.CameraStatus;

/** A check to be written, and the claim to its camera under which it was made. */
record ClaimedCheck(CameraStatus status, Claim claim) {

    /** By a process that is alone. */
    static ClaimedCheck alone(CameraStatus status) {
        return new ClaimedCheck(status, Claim.ALONE);
    }
}
