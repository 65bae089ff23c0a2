package cctvout.camera;

import io.r2dbc.spi.Readable;

/** How a camera is read from all columns of table {@code camera}, for those who join it. */
public final class CameraColumns {

    private CameraColumns() {}

    /**
     * @throws IllegalArgumentException where a column is missing
     */
    public static Camera camera(Readable row) {
        return CameraRow.of(row).camera();
    }
}
