package cctvout.its;

import cctvout.camera.CameraId;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Which cameras came from the list, and how the fetches went, in PostgreSQL. All lazy. */
final class ItsRecords {

    /**
     * Cameras of the list that are known already.
     *
     * @param known all of them
     * @param paused of them, by us
     */
    record Seen(Set<CameraId> known, Set<CameraId> paused) {}

    private final Database database;
    private final String host;

    ItsRecords(Database database, String host) {
        this.database = database;
        this.host = host;
    }

    /** True where a fetch is due and nobody else has taken it. */
    Mono<Boolean> claim(Duration interval) {
        return database.client()
                .sql(
                        "update its_source set next_at = now() + :interval * interval '1 second'"
                                + " where next_at <= now()")
                .bind("interval", interval.toSeconds())
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    /** The database's own time: clocks of processes differ. */
    Mono<Instant> now() {
        return database.client()
                .sql("select clock_timestamp()")
                .map(row -> Objects.requireNonNull(row.get(0, Instant.class)))
                .one();
    }

    Mono<Seen> seen(Collection<CameraId> ids) {
        return database.client()
                .sql("select camera_id, paused from its_camera where camera_id = any(:ids)")
                .bind("ids", texts(ids))
                .map(row -> new Known(id(row), Boolean.TRUE.equals(row.get(1, Boolean.class))))
                .all()
                .collectList()
                .map(
                        rows -> {
                            Set<CameraId> known = new HashSet<>();
                            Set<CameraId> paused = new HashSet<>();
                            for (Known row : rows) {
                                known.add(row.id());
                                if (row.paused()) {
                                    paused.add(row.id());
                                }
                            }
                            return new Seen(known, paused);
                        });
    }

    private record Known(CameraId id, boolean paused) {}

    /** They are in the list that was asked for at that time. */
    Mono<Void> listed(Collection<CameraId> ids, Instant at) {
        return database.client()
                .sql(
                        """
                        insert into its_camera (camera_id, absent, paused, seen_at)
                        select id, 0, false, :at from unnest(:ids) as id
                        on conflict (camera_id)
                            do update set absent = 0, paused = false, seen_at = excluded.seen_at
                        """)
                .bind("at", at)
                .bind("ids", texts(ids))
                .then();
    }

    /** Counts those that the list of that time lacks; those that now lack it too often. */
    Mono<List<CameraId>> missing(Instant at, int absences) {
        return database.client()
                .sql(
                        """
                        with missing as (
                            update its_camera set absent = absent + 1
                            where seen_at < :at returning camera_id, absent, paused)
                        select camera_id from missing
                        where not paused and absent >= :absences order by camera_id
                        """)
                .bind("at", at)
                .bind("absences", absences)
                .map(ItsRecords::id)
                .all()
                .collectList();
    }

    Mono<Void> paused(Collection<CameraId> ids) {
        return database.client()
                .sql("update its_camera set paused = true where camera_id = any(:ids)")
                .bind("ids", texts(ids))
                .then();
    }

    Mono<Void> succeeded(ItsStatus.Round round) {
        return database.client()
                .sql(
                        """
                        update its_source set succeeded_at = now(), failure = null,
                            failed_since = null, listed = :listed, created = :created,
                            updated = :updated, skipped = :skipped
                        """)
                .bind("listed", round.listed())
                .bind("created", round.created())
                .bind("updated", round.updated())
                .bind("skipped", round.skipped())
                .then();
    }

    Mono<Void> failed(String why, Duration retry) {
        return database.client()
                .sql(
                        """
                        update its_source set failure = :why,
                            failed_since = coalesce(failed_since, now()),
                            next_at = least(next_at, now() + :retry * interval '1 second')
                        """)
                .bind("why", why)
                .bind("retry", retry.toSeconds())
                .then();
    }

    Mono<ItsStatus> status() {
        return database.client()
                .sql(
                        """
                        select next_at, succeeded_at, failure, failed_since, listed, created,
                            updated, skipped,
                            (select count(*) from its_camera where absent > 0) as missing,
                            (select count(*) from its_camera where paused) as paused
                        from its_source
                        """)
                .map(
                        row ->
                                new ItsStatus(
                                        ItsStatus.NAME,
                                        host,
                                        Objects.requireNonNull(row.get("next_at", Instant.class)),
                                        row.get("succeeded_at", Instant.class),
                                        row.get("failure", String.class),
                                        row.get("failed_since", Instant.class),
                                        count(row, "listed"),
                                        count(row, "created"),
                                        count(row, "updated"),
                                        count(row, "skipped"),
                                        count(row, "missing"),
                                        count(row, "paused")))
                .one();
    }

    private static int count(Readable row, String column) {
        @Nullable Number count = row.get(column, Number.class);
        return count == null ? 0 : count.intValue();
    }

    private static CameraId id(Readable row) {
        return new CameraId(Objects.requireNonNull(row.get(0, String.class)));
    }

    private static String[] texts(Collection<CameraId> ids) {
        return ids.stream().map(CameraId::value).toArray(String[]::new);
    }
}
