package cctvout.history;

import cctvout.camera.CameraId;
import cctvout.cluster.Claim;
import cctvout.cluster.StaleWrites;
import cctvout.history.KnownCameras.Known;
import cctvout.log.Json;
import cctvout.status.CameraStatus;
import cctvout.status.Verdict;
import cctvout.store.Columns;
import cctvout.store.Database;

import io.r2dbc.spi.R2dbcException;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One batch after the other, each in a transaction of its own: the checks by COPY; where each
 * camera's newest lies, once in five minutes; why a camera is unknown, where that changed. A batch
 * whose commit was not heard of is asked for before it is written again. Not for two at once.
 */
final class CheckWriter {

    private static final String INVALID_PARAMETER_VALUE = "22023";

    private final Database database;
    private final StaleWrites stale;
    private final KnownCameras cameras;
    private final TakenShards takenShards;
    private @Nullable String unheard;

    CheckWriter(Database database, StaleWrites stale) {
        this.database = database;
        this.stale = stale;
        this.cameras = new KnownCameras(database);
        this.takenShards = new TakenShards(database);
    }

    /** A check at its time. */
    private record Row(Known camera, Instant at, CameraStatus status, Claim claim) {}

    /**
     * Writes all of it or nothing; that again after an error, with the same checks. Lazy.
     *
     * @return how many rows were written: not those without a measurement, nor one twice
     */
    Mono<Integer> write(List<ClaimedCheck> batch) {
        return settled()
                .flatMap(
                        committed ->
                                cameras.learn(ids(batch))
                                        .then(
                                                Mono.defer(
                                                        () ->
                                                                committed
                                                                        ? Mono.just(
                                                                                remember(
                                                                                        rows(
                                                                                                batch)))
                                                                        : put(rows(batch)))));
    }

    /** Whether the batch before, which is tried again, is in already. */
    private Mono<Boolean> settled() {
        String id = unheard;
        return id == null
                ? Mono.just(false)
                : database.client()
                        .sql("select coalesce(pg_xact_status(:id::xid8), 'forgotten') as status")
                        .bind("id", id)
                        .map(row -> Columns.text(row, "status"))
                        .one()
                        .onErrorReturn(CheckWriter::isStillToBeGiven, "never")
                        .map(CheckWriter::isCommitted)
                        .doOnNext(_ -> unheard = null);
    }

    /**
     * The server crashed before the batch came to last, or a standby that had not heard of it took
     * over: there the transaction's number is one of the future.
     */
    private static boolean isStillToBeGiven(Throwable failure) {
        return failure.getCause() instanceof R2dbcException told
                && INVALID_PARAMETER_VALUE.equals(told.getSqlState());
    }

    private static boolean isCommitted(String status) {
        if (status.equals("in progress")) {
            throw new IllegalStateException("the batch before is still being committed");
        }
        return status.equals("committed");
    }

    private Mono<Integer> put(List<Row> rows) {
        if (rows.isEmpty()) {
            return Mono.just(0);
        }
        Mono<String> work =
                takenShards
                        .among(rows.stream().map(Row::claim))
                        .flatMap(taken -> putFresh(rows, taken));
        return database.inTransaction(work)
                .map(
                        _ -> {
                            unheard = null;
                            return remember(rows);
                        })
                .defaultIfEmpty(0);
    }

    private Mono<String> putFresh(List<Row> rows, Set<Claim> taken) {
        List<Row> fresh =
                taken.isEmpty()
                        ? rows
                        : rows.stream().filter(row -> !taken.contains(row.claim())).toList();
        stale.refused(StaleWrites.Write.CHECK, rows.size() - fresh.size());
        return fresh.isEmpty()
                ? Mono.empty()
                : copy(fresh)
                        .then(moveLatest(fresh))
                        .then(tellUnknown(fresh))
                        .then(count(fresh))
                        .doOnNext(id -> unheard = id);
    }

    private int remember(List<Row> rows) {
        for (Row row : rows) {
            Known camera = row.camera();
            camera.last = row.at();
            camera.latest = Math.max(camera.latest, Buckets.of(row.at()));
            camera.shown = true;
            camera.unknownFor = unknownFor(row.status());
        }
        return rows.size();
    }

    private Mono<Long> copy(List<Row> rows) {
        return database.copyIn(
                CheckBytes.COPY,
                Mono.fromSupplier(
                        () -> {
                            CheckBytes bytes = new CheckBytes(rows.size());
                            rows.forEach(
                                    row -> bytes.add(row.camera().key, row.at(), row.status()));
                            return bytes.end();
                        }));
    }

    /** In the order of keys, as all who lock these rows. */
    private Mono<Void> moveLatest(List<Row> rows) {
        Map<Integer, Integer> moved = new TreeMap<>();
        for (Row row : rows) {
            int bucket = Buckets.of(row.at());
            if (bucket > row.camera().latest) {
                moved.merge(row.camera().key, bucket, Math::max);
            }
        }
        return moved.isEmpty()
                ? Mono.empty()
                : database.client()
                        .sql(
                                """
                                update camera_key k set latest = moved.bucket
                                from unnest(:keys, :buckets) as moved (key, bucket)
                                where k.key = moved.key and k.latest < moved.bucket
                                """)
                        .bind("keys", moved.keySet().toArray(Integer[]::new))
                        .bind("buckets", moved.values().toArray(Integer[]::new))
                        .then();
    }

    /** Why, as it is written. */
    private record Unknown(String camera, String reason, Instant since) {}

    /**
     * A verdict moves with its transition alone. In the order of ids, as all who lock these rows.
     */
    private Mono<Void> tellUnknown(List<Row> rows) {
        Map<String, Unknown> changed = new TreeMap<>();
        for (Row row : rows) {
            Known camera = row.camera();
            CameraStatus status = row.status();
            String why = unknownFor(status);
            if (!camera.shown || !why.isEmpty() && !why.equals(camera.unknownFor)) {
                String id = status.cameraId().value();
                changed.put(id, new Unknown(id, status.reason(), status.since()));
            }
        }
        return changed.isEmpty() ? Mono.empty() : writeUnknown(changed.values());
    }

    private Mono<Void> writeUnknown(Collection<Unknown> changed) {
        return database.client()
                .sql(
                        """
                        insert into camera_status (camera_id, verdict, reason, since, seq)
                        select camera, 'UNKNOWN', reason, since, 0
                        from json_to_recordset(:rows::json) as r (camera text, reason text, since timestamptz)
                        order by camera
                        on conflict (camera_id) do update set reason = excluded.reason
                        where camera_status.verdict = 'UNKNOWN' and camera_status.reason <> excluded.reason
                        """)
                .bind("rows", Json.write(changed))
                .then();
    }

    private static String unknownFor(CameraStatus status) {
        return status.verdict() == Verdict.UNKNOWN ? status.reason() : "";
    }

    /** How many more each hour has: its figures are due. Last, since its rows are shared by all. */
    private Mono<String> count(List<Row> rows) {
        Map<Instant, Long> hours = new TreeMap<>();
        rows.forEach(row -> hours.merge(row.at().truncatedTo(ChronoUnit.HOURS), 1L, Long::sum));
        return database.client()
                .sql(
                        """
                        insert into measurement_due (hour, written)
                        select * from unnest(:hours, :counts)
                        on conflict (hour) do update set written = measurement_due.written + excluded.written
                        returning pg_current_xact_id()::text as id
                        """)
                .bind("hours", hours.keySet().toArray(Instant[]::new))
                .bind("counts", hours.values().toArray(Long[]::new))
                .map(row -> Columns.text(row, "id"))
                .first();
    }

    private static Stream<CameraId> ids(List<ClaimedCheck> batch) {
        return batch.stream().map(check -> check.status().cameraId());
    }

    private List<Row> rows(List<ClaimedCheck> batch) {
        Map<CameraId, Instant> newest = new LinkedHashMap<>();
        List<Row> rows = new ArrayList<>(batch.size());
        for (ClaimedCheck check : batch) {
            CameraStatus status = check.status();
            Instant at = at(status);
            Known camera = cameras.get(status.cameraId());
            if (at == null || camera == null) {
                continue;
            }
            Instant before = newest.put(status.cameraId(), at);
            if (!at.equals(before == null ? camera.last : before)) {
                rows.add(new Row(camera, at, status, check.claim()));
            }
        }
        return rows;
    }

    private static @Nullable Instant at(CameraStatus status) {
        Instant echo = status.icmp() == null ? null : status.icmp().checkedAt();
        Instant stream = status.hls() == null ? null : status.hls().checkedAt();
        if (echo == null || stream == null) {
            return echo == null ? stream : echo;
        }
        return echo.isAfter(stream) ? echo : stream;
    }
}
