package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

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
                .map(AffectedCameras::camera)
                .all()
                .collectMap(Camera::id);
    }

    private static Camera camera(Readable row) {
        Long interval = row.get("interval_ms", Long.class);
        return new Camera(
                new CameraId(Objects.requireNonNull(row.get("id", String.class))),
                row.get("name", String.class),
                row.get("address", String.class),
                row.get("latitude", Double.class),
                row.get("longitude", Double.class),
                row.get("ip", String.class),
                row.get("hls_url", String.class),
                row.get("line", String.class),
                row.get("site", String.class),
                row.get("district", String.class),
                row.get("vendor", String.class),
                Boolean.TRUE.equals(row.get("enabled", Boolean.class)),
                interval == null ? null : Duration.ofMillis(interval),
                new Camera.Probes(
                        Boolean.TRUE.equals(row.get("probe_icmp", Boolean.class)),
                        Boolean.TRUE.equals(row.get("probe_hls", Boolean.class))),
                Objects.requireNonNull(row.get("version", Long.class)));
    }
}
