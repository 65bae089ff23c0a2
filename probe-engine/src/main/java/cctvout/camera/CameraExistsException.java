package cctvout.camera;

/** A camera of that id is registered already: 409. */
public final class CameraExistsException extends RuntimeException {
    public CameraExistsException(CameraId id) {
        super("camera " + id + " exists");
    }
}
