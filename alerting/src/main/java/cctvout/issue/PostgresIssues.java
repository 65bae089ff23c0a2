package cctvout.issue;

import cctvout.camera.CameraId;
import cctvout.rows.Rows;
import cctvout.status.StatusTransition.Evidence;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

import reactor.core.publisher.Mono;

import tools.jackson.core.type.TypeReference;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Table {@code issue}. */
public final class PostgresIssues implements Issues {

    private static final TypeReference<List<TimelineEntry>> TIMELINE = new TypeReference<>() {};

    private static final String LOCK_LATEST =
            """
            select * from issue where id in (
                select distinct on (camera_id) id from issue where camera_id = any(:cameras)
                order by camera_id, number desc)
            order by id for update
            """;

    private static final String SAVE =
            """
            insert into issue (id, camera_id, outage_id, kind, status, severity, opened_at,
                acknowledged_at, resolved_at, resolution, assignee, details, planned_visit_at,
                reason, evidence, timeline, opened_seq, ended_seq, cause_key, verify_asked_at,
                verify_until, round)
            select * from jsonb_to_recordset(:rows::jsonb) as fresh(id text, camera_id text,
                outage_id text, kind text, status text, severity text, opened_at timestamptz,
                acknowledged_at timestamptz, resolved_at timestamptz, resolution text,
                assignee text, details text, planned_visit_at timestamptz, reason text,
                evidence text, timeline text, opened_seq bigint, ended_seq bigint,
                cause_key text, verify_asked_at timestamptz, verify_until timestamptz, round int)
            on conflict (id) do update set outage_id = excluded.outage_id,
                status = excluded.status, severity = excluded.severity,
                acknowledged_at = excluded.acknowledged_at, resolved_at = excluded.resolved_at,
                resolution = excluded.resolution, assignee = excluded.assignee,
                details = excluded.details, planned_visit_at = excluded.planned_visit_at,
                timeline = excluded.timeline, ended_seq = excluded.ended_seq,
                verify_asked_at = excluded.verify_asked_at,
                verify_until = excluded.verify_until, round = excluded.round
            """;

    private static final String TOLD =
            """
            (id in (select issue_id from notification where recipient_id = :recipient)
                or outage_id in (select outage_id from notification
                    where recipient_id = :recipient and issue_id is null))
            """;

    private final Database database;

    public PostgresIssues(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Issue> find(String id) {
        return one("select * from issue where id = :id", id);
    }

    @Override
    public Mono<Issue> lock(String id) {
        return one("select * from issue where id = :id for update", id);
    }

    private Mono<Issue> one(String sql, String id) {
        return database.client().sql(sql).bind("id", id).map(PostgresIssues::issue).one();
    }

    @Override
    public Mono<Page> search(IssueQuery query) {
        List<String> where = new ArrayList<>();
        where.add("true");
        addIf(query.status() != null, where, "status = :status");
        addIf(query.kind() != null, where, "kind = :kind");
        addIf(query.camera() != null, where, "camera_id = :camera");
        addIf(query.toldTo() != null, where, TOLD);
        addIf(query.cursor() != null, where, "number < :cursor");
        GenericExecuteSpec select =
                database.client()
                        .sql(
                                "select * from issue where "
                                        + String.join(" and ", where)
                                        + " order by number desc limit :limit")
                        .bind("limit", query.limit() + 1);
        if (query.status() != null) {
            select = select.bind("status", query.status().name());
        }
        if (query.kind() != null) {
            select = select.bind("kind", query.kind().name());
        }
        if (query.camera() != null) {
            select = select.bind("camera", query.camera());
        }
        if (query.toldTo() != null) {
            select = select.bind("recipient", query.toldTo());
        }
        if (query.cursor() != null) {
            select = select.bind("cursor", Long.parseLong(query.cursor()));
        }
        return select.map(Numbered::of)
                .all()
                .collectList()
                .map(found -> page(found, query.limit()));
    }

    private static void addIf(boolean given, List<String> where, String condition) {
        if (given) {
            where.add(condition);
        }
    }

    private static Page page(List<Numbered> found, int limit) {
        List<Numbered> shown = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit ? Long.toString(shown.getLast().number) : null;
        return new Page(shown.stream().map(Numbered::issue).toList(), next);
    }

    @Override
    public Mono<Map<IssueStatus, Long>> counts() {
        return database.client()
                .sql("select status, count(*) as issues from issue group by status")
                .map(
                        row ->
                                Map.entry(
                                        IssueStatus.valueOf(text(row, "status")),
                                        Objects.requireNonNull(row.get("issues", Long.class))))
                .all()
                .collectList()
                .map(
                        counted -> {
                            Map<IssueStatus, Long> counts = new EnumMap<>(IssueStatus.class);
                            for (IssueStatus status : IssueStatus.values()) {
                                counts.put(status, 0L);
                            }
                            counted.forEach(count -> counts.put(count.getKey(), count.getValue()));
                            return counts;
                        });
    }

    @Override
    public Mono<List<Issue>> lockLatest(Collection<CameraId> cameras) {
        return database.client()
                .sql(LOCK_LATEST)
                .bind("cameras", cameras.stream().map(CameraId::value).toArray(String[]::new))
                .map(PostgresIssues::issue)
                .all()
                .collectList();
    }

    @Override
    public Mono<List<Issue>> lockAlone(Collection<String> causeKeys, Instant since) {
        return causeKeys.isEmpty()
                ? Mono.just(List.of())
                : database.client()
                        .sql(
                                """
                                select * from issue where cause_key = any(:keys)
                                    and opened_at >= :since and outage_id is null
                                    and status in ('OPEN', 'IN_PROGRESS')
                                order by id for update""")
                        .bind("keys", causeKeys.toArray(String[]::new))
                        .bind("since", since)
                        .map(PostgresIssues::issue)
                        .all()
                        .collectList();
    }

    @Override
    public Mono<List<Issue>> lockUnresolvedOf(Collection<String> outages) {
        return outages.isEmpty()
                ? Mono.just(List.of())
                : database.client()
                        .sql(
                                """
                                select * from issue where outage_id = any(:outages)
                                    and status in ('OPEN', 'IN_PROGRESS')
                                order by id for update""")
                        .bind("outages", outages.toArray(String[]::new))
                        .map(PostgresIssues::issue)
                        .all()
                        .collectList();
    }

    @Override
    public Mono<List<Issue>> toVerify(Instant since, int limit) {
        return database.client()
                .sql(
                        """
                        select * from issue where verify_asked_at >= :since
                        order by verify_asked_at limit :limit""")
                .bind("since", since)
                .bind("limit", limit)
                .map(PostgresIssues::issue)
                .all()
                .collectList();
    }

    @Override
    public Mono<List<String>> overdue(Instant now, int limit) {
        return database.client()
                .sql(
                        """
                        select id from issue where verify_asked_at is not null
                            and verify_until <= :now order by verify_asked_at limit :limit""")
                .bind("now", now)
                .bind("limit", limit)
                .map(row -> text(row, "id"))
                .all()
                .collectList();
    }

    @Override
    public Mono<Void> save(Collection<Issue> issues) {
        if (issues.isEmpty()) {
            return Mono.empty();
        }
        return Mono.defer(
                () ->
                        database.client()
                                .sql(SAVE)
                                .bind("rows", Rows.recordset(issues, PostgresIssues::row))
                                .then());
    }

    private static Rows.Row row(Issue issue) {
        Verification asked = issue.verification();
        return new Rows.Row()
                .with("id", issue.id())
                .with("camera_id", issue.cameraId().value())
                .with("outage_id", issue.outageId())
                .with("kind", issue.kind())
                .with("status", issue.status())
                .with("severity", issue.severity())
                .with("opened_at", issue.openedAt())
                .with("acknowledged_at", issue.acknowledgedAt())
                .with("resolved_at", issue.resolvedAt())
                .with("resolution", issue.resolution())
                .with("assignee", issue.assignee())
                .with("details", issue.details())
                .with("planned_visit_at", issue.plannedVisitAt())
                .with("reason", issue.reason())
                .with("evidence", Rows.json(issue.evidence()))
                .with("timeline", Rows.json(issue.timeline()))
                .with("opened_seq", issue.openedSeq())
                .with("ended_seq", issue.endedSeq())
                .with("cause_key", issue.causeKey())
                .with("verify_asked_at", asked == null ? null : asked.askedAt())
                .with("verify_until", asked == null ? null : asked.until())
                .with("round", issue.round());
    }

    private static Issue issue(Readable row) {
        Instant asked = row.get("verify_asked_at", Instant.class);
        return new Issue(
                text(row, "id"),
                new CameraId(text(row, "camera_id")),
                row.get("outage_id", String.class),
                IssueKind.valueOf(text(row, "kind")),
                IssueStatus.valueOf(text(row, "status")),
                Severity.valueOf(text(row, "severity")),
                Objects.requireNonNull(row.get("opened_at", Instant.class)),
                row.get("acknowledged_at", Instant.class),
                row.get("resolved_at", Instant.class),
                row.get("resolution", String.class),
                row.get("assignee", String.class),
                row.get("details", String.class),
                row.get("planned_visit_at", Instant.class),
                text(row, "reason"),
                Rows.read(text(row, "evidence"), Evidence.class),
                Rows.read(text(row, "timeline"), TIMELINE),
                Objects.requireNonNull(row.get("opened_seq", Long.class)),
                row.get("ended_seq", Long.class),
                row.get("cause_key", String.class),
                asked == null
                        ? null
                        : new Verification(asked, row.get("verify_until", Instant.class)));
    }

    private static String text(Readable row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }

    private record Numbered(long number, Issue issue) {
        static Numbered of(Readable row) {
            return new Numbered(
                    Objects.requireNonNull(row.get("number", Long.class)),
                    PostgresIssues.issue(row));
        }
    }
}
