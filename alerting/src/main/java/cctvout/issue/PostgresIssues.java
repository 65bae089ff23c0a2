package cctvout.issue;

import cctvout.camera.CameraId;
import cctvout.rows.Rows;
import cctvout.store.Columns;
import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Table {@code issue}. */
public final class PostgresIssues implements Issues {

    private static final String LOCK_LATEST =
            """
            select * from issue where id in (
                select distinct on (camera_id) id from issue where camera_id = any(:cameras)
                order by camera_id, number desc)
            order by id for update
            """;

    private static final String LOCK_ALONE =
            """
            select * from issue where status in ('OPEN', 'IN_PROGRESS') and id in (
                select id from issue where cause_key = any(:keys) and opened_at >= :since
                    and outage_id is null and status in ('OPEN', 'IN_PROGRESS')
                union all
                select i.id from outage o join issue i on i.outage_id = o.id
                where o.key = any(:keys) and o.resolved_at >= :left
                    and i.cause_key = any(:keys) and i.status in ('OPEN', 'IN_PROGRESS')
                    and exists (select 1 from notification n where n.subject = i.id
                        and n.event = 'OPENED' and n.status = 'CREATED' and n.tries = 0
                        and n.next_at is not null and n.lease is null and not n.in_doubt))
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

    /** Asked with each look at the city: it reads no issue of the past. */
    static final String UNRESOLVED =
            "select count(*) as issues from issue where status in ('OPEN', 'IN_PROGRESS')";

    private final Database database;
    private final IssueSearch search;

    public PostgresIssues(Database database) {
        this.database = database;
        this.search = new IssueSearch(database);
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
        return database.client().sql(sql).bind("id", id).map(IssueRow::issue).one();
    }

    @Override
    public Mono<Page> search(IssueQuery query) {
        return search.find(query);
    }

    @Override
    public Mono<Map<IssueStatus, Long>> counts() {
        return database.client()
                .sql("select status, count(*) as issues from issue group by status")
                .map(
                        row ->
                                Map.entry(
                                        IssueStatus.valueOf(Columns.text(row, "status")),
                                        Columns.number(row, "issues")))
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
    public Mono<Long> countUnresolved() {
        return database.client().sql(UNRESOLVED).map(row -> Columns.number(row, "issues")).one();
    }

    @Override
    public Mono<List<Issue>> lockLatest(Collection<CameraId> cameras) {
        return database.client()
                .sql(LOCK_LATEST)
                .bind("cameras", cameras.stream().map(CameraId::value).toArray(String[]::new))
                .map(IssueRow::issue)
                .all()
                .collectList();
    }

    @Override
    public Mono<List<Issue>> lockAlone(
            Collection<String> causeKeys, Instant since, Instant leftSince) {
        return causeKeys.isEmpty()
                ? Mono.just(List.of())
                : database.client()
                        .sql(LOCK_ALONE)
                        .bind("keys", causeKeys.toArray(String[]::new))
                        .bind("since", since)
                        .bind("left", leftSince)
                        .map(IssueRow::issue)
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
                        .map(IssueRow::issue)
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
                .map(IssueRow::issue)
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
                .map(row -> Columns.text(row, "id"))
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
                                .bind("rows", Rows.recordset(issues, IssueRow::row))
                                .then());
    }
}
