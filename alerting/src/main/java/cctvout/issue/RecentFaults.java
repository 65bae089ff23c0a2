package cctvout.issue;

import cctvout.camera.CameraId;
import cctvout.store.Columns;
import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** How often cameras failed by themselves lately, by table {@code issue}. */
public final class RecentFaults {

    static final String SINCE =
            """
            select camera_id, count(*) as faults from issue
            where camera_id = any(:cameras) and opened_at >= :since and outage_id is null
            group by camera_id""";

    private final Database database;

    public RecentFaults(Database database) {
        this.database = database;
    }

    private record Count(CameraId camera, int faults) {}

    /**
     * Lazy. Faults that were one of an outage are not the camera's own.
     *
     * @return cameras that had none are not in it
     */
    public Mono<Map<CameraId, Integer>> since(Instant since, Collection<CameraId> cameras) {
        return cameras.isEmpty()
                ? Mono.just(Map.of())
                : database.client()
                        .sql(SINCE)
                        .bind(
                                "cameras",
                                cameras.stream().map(CameraId::value).toArray(String[]::new))
                        .bind("since", since)
                        .map(
                                row ->
                                        new Count(
                                                new CameraId(Columns.text(row, "camera_id")),
                                                Math.toIntExact(Columns.number(row, "faults"))))
                        .all()
                        .collectMap(Count::camera, Count::faults);
    }
}
