package cctvout.camera;

/** One change of the registry; revisions go up in commit order, without a late one. */
public sealed interface CameraChange {

    CameraId id();

    long revision();

    /** Added or altered: the camera as it is now. */
    record Saved(Camera camera, long revision) implements CameraChange {
        @Override
        public CameraId id() {
            return camera.id();
        }
    }

    record Removed(CameraId id, long revision) implements CameraChange {}
}
