package cctvout.relay;

import cctvout.camera.CameraId;

import java.time.Duration;

/** No process that probes the camera has answered: 503. */
public final class NobodyProbesException extends RuntimeException {

    private NobodyProbesException(String message) {
        super(message, null, false, false);
    }

    static NobodyProbesException notTaken(CameraId id, Duration within) {
        return new NobodyProbesException(
                "no process that probes camera "
                        + id
                        + " has taken the check within "
                        + within
                        + " (cctvout.relay.taken-within): none with the role probe is there for it, or another is"
                        + " just taking its place; try again");
    }

    static NobodyProbesException notAnswered(CameraId id, Duration within) {
        return new NobodyProbesException(
                "the process that probes camera "
                        + id
                        + " has not answered within "
                        + within
                        + " (cctvout.relay.answered-within)");
    }
}
