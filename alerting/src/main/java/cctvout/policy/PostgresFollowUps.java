package cctvout.policy;

import cctvout.camera.CameraId;
import cctvout.issue.IssueKind;
import cctvout.issue.Severity;
import cctvout.policy.FollowUp.Subject;
import cctvout.rows.Rows;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

/** Table {@code follow_up}. All publishers are lazy and join the caller's transaction. */
public final class PostgresFollowUps {

    private static final String FRESH =
            """
            insert into follow_up (subject, is_outage, policy_id, camera_id, kind, severity, told,
                told_at, last_at, reminders, escalations, next_at)
            select subject, is_outage, policy_id, camera_id, kind, severity,
                array(select jsonb_array_elements_text(told)),
                told_at, last_at, reminders, escalations, next_at
            from jsonb_to_recordset(:rows::jsonb) as fresh(subject text, is_outage boolean,
                policy_id text, camera_id text, kind text, severity text, told jsonb,
                told_at timestamptz, last_at timestamptz, reminders int, escalations int,
                next_at timestamptz)
            """;

    // more people may be told of an outage that is followed up already
    private static final String BEGIN =
            FRESH
                    + """
                    on conflict (subject, policy_id) do update set told = array(
                        select distinct id from unnest(follow_up.told || excluded.told) as id)
                    """;

    private static final String MOVE =
            FRESH
                    + """
                    on conflict (subject, policy_id) do update set last_at = excluded.last_at,
                        reminders = excluded.reminders, escalations = excluded.escalations,
                        next_at = excluded.next_at
                    """;

    private final Database database;

    public PostgresFollowUps(Database database) {
        this.database = database;
    }

    public Mono<Void> begin(Collection<FollowUp> rows) {
        return save(BEGIN, rows);
    }

    public Mono<Void> move(Collection<FollowUp> rows) {
        return save(MOVE, rows);
    }

    private Mono<Void> save(String sql, Collection<FollowUp> rows) {
        return rows.isEmpty()
                ? Mono.empty()
                : database.client()
                        .sql(sql)
                        .bind("rows", Rows.recordset(rows, PostgresFollowUps::row))
                        .then();
    }

    /** All that waits for these issues and outages. */
    public Mono<Void> end(Collection<String> subjects) {
        return subjects.isEmpty()
                ? Mono.empty()
                : database.client()
                        .sql("delete from follow_up where subject = any(:subjects)")
                        .bind("subjects", subjects.toArray(String[]::new))
                        .then();
    }

    /** These alone. */
    public Mono<Void> endOnly(Collection<FollowUp> rows) {
        return rows.isEmpty()
                ? Mono.empty()
                : database.client()
                        .sql(
                                """
                                delete from follow_up f
                                using unnest(:subjects::text[], :policies::text[]) as o(subject, policy)
                                where f.subject = o.subject and f.policy_id = o.policy""")
                        .bind(
                                "subjects",
                                rows.stream().map(row -> row.subject().id()).toArray(String[]::new))
                        .bind(
                                "policies",
                                rows.stream().map(FollowUp::policyId).toArray(String[]::new))
                        .then();
    }

    /** The longest due, locked until commit. */
    public Mono<List<FollowUp>> due(Instant now, int limit) {
        return database.client()
                .sql(
                        "select * from follow_up where next_at <= :now order by next_at, subject,"
                                + " policy_id limit :limit for update")
                .bind("now", now)
                .bind("limit", limit)
                .map(PostgresFollowUps::followUp)
                .all()
                .collectList();
    }

    private static Rows.Row row(FollowUp row) {
        return new Rows.Row()
                .with("subject", row.subject().id())
                .with("is_outage", row.subject().isOutage())
                .with("policy_id", row.policyId())
                .with("camera_id", row.cameraId().value())
                .with("kind", row.kind())
                .with("severity", row.severity())
                .with("told", row.told())
                .with("told_at", row.toldAt())
                .with("last_at", row.lastAt())
                .with("reminders", row.reminders())
                .with("escalations", row.escalations())
                .with("next_at", row.nextAt());
    }

    private static FollowUp followUp(Readable row) {
        return new FollowUp(
                new Subject(
                        text(row, "subject"),
                        Boolean.TRUE.equals(row.get("is_outage", Boolean.class))),
                text(row, "policy_id"),
                new CameraId(text(row, "camera_id")),
                IssueKind.valueOf(text(row, "kind")),
                Severity.valueOf(text(row, "severity")),
                List.of(Objects.requireNonNull(row.get("told", String[].class))),
                instant(row, "told_at"),
                instant(row, "last_at"),
                number(row, "reminders"),
                number(row, "escalations"),
                instant(row, "next_at"));
    }

    private static Instant instant(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Instant.class), column);
    }

    private static int number(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, Integer.class), column);
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }
}
