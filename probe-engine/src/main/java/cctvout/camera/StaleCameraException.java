package cctvout.camera;

/** The camera was changed since the caller read it: 412. */
public final class StaleCameraException extends RuntimeException {
    public StaleCameraException(CameraId id, long expected, long stored) {
        super("camera " + id + " is at version " + stored + ", not " + expected);
    }
}
