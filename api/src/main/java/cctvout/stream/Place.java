package cctvout.stream;

import cctvout.camera.Camera;

import org.jspecify.annotations.Nullable;

/** What a stream is filtered by: where a camera belongs. */
record Place(@Nullable String district, @Nullable String line, @Nullable String vendor) {

    static final Place NOWHERE = new Place(null, null, null);

    static Place of(Camera camera) {
        return new Place(camera.district(), camera.line(), camera.vendor());
    }
}
