package cctvout.history;

import cctvout.camera.CameraId;
import cctvout.store.Columns;
import cctvout.store.Database;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was written of each camera, and under which number. Not for two at once. */
final class KnownCameras {

    /**
     * Cameras of which it is remembered what was written; past it all are forgotten and learned
     * anew.
     */
    private static final int MOST_KNOWN = 500_000;

    private final Database database;
    private final Map<CameraId, Known> cameras = new HashMap<>();

    KnownCameras(Database database) {
        this.database = database;
    }

    /** What is in the database of one camera. */
    static final class Known {
        final int key;
        int latest;
        Instant last = Instant.MIN;
        String unknownFor = "";
        boolean shown;

        Known(int key, int latest) {
            this.key = key;
            this.latest = latest;
        }
    }

    @Nullable Known get(CameraId id) {
        return cameras.get(id);
    }

    /**
     * Numbers of the cameras of which none is known here yet; not in a transaction that may fail.
     */
    Mono<Void> learn(Stream<CameraId> ids) {
        if (cameras.size() > MOST_KNOWN) {
            cameras.clear();
        }
        Set<String> strangers =
                ids.filter(id -> !cameras.containsKey(id))
                        .map(CameraId::value)
                        .collect(Collectors.toSet());
        return strangers.isEmpty()
                ? Mono.empty()
                : database.client()
                        .sql(
                                """
                                with known as (select key, camera_id, latest from camera_key where camera_id = any(:ids)),
                                added as (
                                    insert into camera_key (camera_id, latest)
                                    select id, 0 from unnest(:ids) as id
                                    where id not in (select camera_id from known) order by id
                                    on conflict do nothing returning key, camera_id, latest)
                                select * from known union all select * from added
                                """)
                        .bind("ids", strangers.toArray(String[]::new))
                        .map(
                                row ->
                                        Map.entry(
                                                new CameraId(Columns.text(row, "camera_id")),
                                                new Known(
                                                        Columns.required(row, "key", Integer.class),
                                                        Columns.required(
                                                                row, "latest", Integer.class))))
                        .all()
                        .doOnNext(found -> cameras.put(found.getKey(), found.getValue()))
                        .then();
    }
}
