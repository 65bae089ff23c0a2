package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.camera.CameraColumns;
import cctvout.camera.CameraId;
import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.Map;

/** Cameras by id, those removed from the registry too: their issues still have to be told. */
final class AffectedCameras {

    private final Database database;

    AffectedCameras(Database database) {
        this.database = database;
    }

    Mono<Map<CameraId, Camera>> find(Collection<CameraId> ids) {
        return database.client()
                .sql("select * from camera where id = any(:ids)")
                .bind("ids", ids.stream().map(CameraId::value).toArray(String[]::new))
                .map(CameraColumns::camera)
                .all()
                .collectMap(Camera::id);
    }
}
