package cctvout.outage;

import cctvout.camera.CameraId;
import cctvout.issue.IssueKind;
import cctvout.rows.Rows;
import cctvout.store.Columns;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Table {@code outage}; its cameras are those of its issues. */
public final class PostgresOutages implements Outages {

    private static final String WITH_CAMERAS =
            """
            select o.*, array(select i.camera_id from issue i where i.outage_id = o.id
                order by i.camera_id) as cameras
            from outage o
            """;

    private static final String LOCK_OPEN =
            """
            with open as (select * from outage where resolved_at is null order by id for update)
            select open.*, left_over.* from open cross join lateral (
                select count(*) as unresolved, count(*) filter (where i.assignee is not null
                    or i.acknowledged_at is not null) as taken
                from issue i
                where i.outage_id = open.id and i.status in ('OPEN', 'IN_PROGRESS')) left_over
            """;

    private static final String SAVE =
            """
            insert into outage (id, kind, key, reason, opened_at, resolved_at, flaps)
            select * from jsonb_to_recordset(:rows::jsonb) as fresh(id text, kind text, key text,
                reason text, opened_at timestamptz, resolved_at timestamptz, flaps int)
            on conflict (id) do update set key = excluded.key, resolved_at = excluded.resolved_at,
                flaps = excluded.flaps
            """;

    private final Database database;

    public PostgresOutages(Database database) {
        this.database = database;
    }

    @Override
    public Mono<Long> countOpen() {
        return database.client()
                .sql("select count(*) as open from outage where resolved_at is null")
                .map(row -> Columns.number(row, "open"))
                .one();
    }

    @Override
    public Mono<Page> list(int limit, @Nullable Long before) {
        return database.client()
                .sql(WITH_CAMERAS + "where o.number < :before order by o.number desc limit :limit")
                .bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("limit", limit + 1)
                .map(row -> Map.entry(Columns.number(row, "number"), outage(row, cameras(row))))
                .all()
                .collectList()
                .map(
                        rows -> {
                            var shown = rows.subList(0, Math.min(limit, rows.size()));
                            return new Page(
                                    shown.stream().map(Map.Entry::getValue).toList(),
                                    rows.size() > limit ? shown.getLast().getKey() : null);
                        });
    }

    @Override
    public Mono<Outage> find(String id) {
        return database.client()
                .sql(WITH_CAMERAS + "where o.id = :id")
                .bind("id", id)
                .map(row -> outage(row, cameras(row)))
                .one();
    }

    @Override
    public Mono<List<OpenOutage>> lockOpen() {
        return database.client()
                .sql(LOCK_OPEN)
                .map(
                        row ->
                                new OpenOutage(
                                        outage(row, List.of()),
                                        Columns.number(row, "unresolved"),
                                        Columns.number(row, "taken")))
                .all()
                .collectList();
    }

    @Override
    public Mono<Map<String, Long>> lineSizes(Collection<String> lines) {
        return lines.isEmpty()
                ? Mono.just(Map.of())
                : database.client()
                        .sql(
                                """
                                select line, count(*) as cameras from camera
                                where not removed and line = any(:lines) group by line""")
                        .bind("lines", lines.toArray(String[]::new))
                        .map(
                                row ->
                                        Map.entry(
                                                Columns.text(row, "line"),
                                                Columns.number(row, "cameras")))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    @Override
    public Mono<Map<String, Integer>> since(Instant since, Collection<String> keys) {
        return keys.isEmpty()
                ? Mono.just(Map.of())
                : database.client()
                        .sql(
                                """
                                select key, count(*) as outages from outage
                                where key = any(:keys) and opened_at >= :since group by key""")
                        .bind("keys", keys.toArray(String[]::new))
                        .bind("since", since)
                        .map(
                                row ->
                                        Map.entry(
                                                Columns.text(row, "key"),
                                                Math.toIntExact(Columns.number(row, "outages"))))
                        .all()
                        .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }

    private record SiteLine(String site, String line, long cameras) {}

    @Override
    public Mono<Map<String, Map<String, Long>>> linesOfSites(Collection<String> sites) {
        return sites.isEmpty()
                ? Mono.just(Map.of())
                : database.client()
                        .sql(
                                """
                                select site, line, count(*) as cameras from camera
                                where not removed and site = any(:sites) and line is not null
                                group by site, line""")
                        .bind("sites", sites.toArray(String[]::new))
                        .map(
                                row ->
                                        new SiteLine(
                                                Columns.text(row, "site"),
                                                Columns.text(row, "line"),
                                                Columns.number(row, "cameras")))
                        .all()
                        .collect(
                                Collectors.groupingBy(
                                        SiteLine::site,
                                        Collectors.toMap(SiteLine::line, SiteLine::cameras)));
    }

    @Override
    public Mono<Void> save(Collection<Outage> outages) {
        return outages.isEmpty()
                ? Mono.empty()
                : database.client()
                        .sql(SAVE)
                        .bind("rows", Rows.recordset(outages, PostgresOutages::row))
                        .then();
    }

    private static Rows.Row row(Outage outage) {
        return new Rows.Row()
                .with("id", outage.id())
                .with("kind", outage.kind())
                .with("key", outage.key())
                .with("reason", outage.reason())
                .with("opened_at", outage.openedAt())
                .with("resolved_at", outage.resolvedAt())
                .with("flaps", outage.flaps());
    }

    private static List<CameraId> cameras(Readable row) {
        return Arrays.stream(Columns.required(row, "cameras", String[].class))
                .map(CameraId::new)
                .toList();
    }

    private static Outage outage(Readable row, List<CameraId> cameras) {
        return new Outage(
                Columns.text(row, "id"),
                IssueKind.valueOf(Columns.text(row, "kind")),
                Columns.text(row, "key"),
                Columns.text(row, "reason"),
                cameras,
                Columns.required(row, "opened_at", Instant.class),
                row.get("resolved_at", Instant.class),
                row.get("flaps", Integer.class));
    }
}
