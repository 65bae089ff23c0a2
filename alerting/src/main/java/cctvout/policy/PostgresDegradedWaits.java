package cctvout.policy;

import cctvout.camera.CameraId;
import cctvout.rows.Rows;
import cctvout.status.StatusTransition;
import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/**
 * Table {@code degraded_wait}: cameras that are DEGRADED, and how many results have said so, which
 * the stored measurements tell. All publishers are lazy and join the caller's transaction.
 */
public final class PostgresDegradedWaits {

    /** A camera that waits, and how many results have said DEGRADED, the first among them. */
    public record Waiting(StatusTransition since, int rounds) {}

    private static final Duration SOONEST = Duration.ofSeconds(1);
    private static final Duration LATEST = Duration.ofMinutes(1);

    /** By how much the clock of what measured may be ahead. */
    private static final Duration OTHER_CLOCK = Duration.ofMinutes(1);

    /** It is looked at again after this part of the time that it has lasted. */
    private static final int PART = 8;

    private static final String BEGIN =
            """
            insert into degraded_wait (camera_id, seq, transition, since, next_at)
            select camera_id, seq, transition, since, next_at
            from jsonb_to_recordset(:rows::jsonb) as fresh(camera_id text, seq bigint,
                transition text, since timestamptz, next_at timestamptz)
            on conflict (camera_id) do update set seq = excluded.seq,
                transition = excluded.transition, since = excluded.since,
                next_at = excluded.next_at
            """;

    // measurement.verdict 2 is DEGRADED; the one that decided was in before the transition
    private static final String DUE =
            """
            select w.transition, 1 + (
                select count(*) from camera_key k, checks_of(k.key,
                    floor(extract(epoch from w.since) / 300)::int,
                    floor(extract(epoch from :until::timestamptz) / 300)::int,
                    w.since + interval '1 millisecond', :until::timestamptz, :most) m
                where k.camera_id = w.camera_id and m.verdict = 2) as rounds
            from degraded_wait w where w.next_at <= :now::timestamptz
            order by w.next_at, w.camera_id limit :limit for update of w
            """;

    private final Database database;

    public PostgresDegradedWaits(Database database) {
        this.database = database;
    }

    /** They have not been DEGRADED for long enough. */
    public Mono<Void> begin(Collection<StatusTransition> waiting, Instant now) {
        return waiting.isEmpty()
                ? Mono.empty()
                : database.client()
                        .sql(BEGIN)
                        .bind("rows", Rows.recordset(waiting, since -> row(since, now)))
                        .then();
    }

    private static Rows.Row row(StatusTransition since, Instant now) {
        return new Rows.Row()
                .with("camera_id", since.cameraId().value())
                .with("seq", since.seq())
                .with("transition", Rows.json(since))
                .with("since", since.occurredAt())
                .with("next_at", now.plus(wait(Duration.between(since.occurredAt(), now))));
    }

    private static Duration wait(Duration lasted) {
        Duration part = lasted.dividedBy(PART);
        if (part.compareTo(SOONEST) < 0) {
            return SOONEST;
        }
        return part.compareTo(LATEST) > 0 ? LATEST : part;
    }

    public Mono<Void> end(Collection<CameraId> cameras) {
        return cameras.isEmpty()
                ? Mono.empty()
                : database.client()
                        .sql("delete from degraded_wait where camera_id = any(:cameras)")
                        .bind(
                                "cameras",
                                cameras.stream().map(CameraId::value).toArray(String[]::new))
                        .then();
    }

    /** Those that are to be looked at again, the longest due first, locked until commit. */
    public Mono<List<Waiting>> due(Instant now, int limit) {
        return database.client()
                .sql(DUE)
                .bind("now", now)
                .bind("until", now.plus(OTHER_CLOCK))
                .bind("most", DegradedRule.MOST_ROUNDS)
                .bind("limit", limit)
                .map(
                        row ->
                                new Waiting(
                                        Rows.read(
                                                Objects.requireNonNull(
                                                        row.get("transition", String.class)),
                                                StatusTransition.class),
                                        Objects.requireNonNull(row.get("rounds", Long.class))
                                                .intValue()))
                .all()
                .collectList();
    }
}
