package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.camera.CameraColumns;
import cctvout.camera.CameraId;
import cctvout.store.Columns;
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

    /** By outage, a camera of each district that it took: each may have a control room. */
    Mono<Map<String, Collection<Camera>>> ofEachDistrict(Collection<String> outages) {
        return outages.isEmpty()
                ? Mono.just(Map.of())
                : database.client()
                        .sql(
                                """
                                select distinct on (i.outage_id, c.district) i.outage_id, c.*
                                from issue i join camera c on c.id = i.camera_id
                                where i.outage_id = any(:outages)
                                order by i.outage_id, c.district, c.id""")
                        .bind("outages", outages.toArray(String[]::new))
                        .map(
                                row ->
                                        Map.entry(
                                                Columns.text(row, "outage_id"),
                                                CameraColumns.camera(row)))
                        .all()
                        .collectMultimap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
