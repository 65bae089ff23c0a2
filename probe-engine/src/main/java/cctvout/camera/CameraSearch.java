package cctvout.camera;

import cctvout.camera.CameraRegistry.Page;
import cctvout.store.Columns;
import cctvout.store.Database;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Mono;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds cameras by filter, a page at a time. */
final class CameraSearch {

    private final Database database;

    CameraSearch(Database database) {
        this.database = database;
    }

    Mono<Page> page(CameraQuery query) {
        Map<String, String> values = new LinkedHashMap<>();
        String where = where(query, values);
        if (query.after() != null && !storable(query.after())
                || !values.values().stream().allMatch(CameraSearch::storable)) {
            return Mono.just(new Page(List.of(), 0, null));
        }
        Mono<Long> total =
                bound("select count(*) as total from camera c" + where, values)
                        .map(row -> Columns.number(row, "total"))
                        .one();
        return total.flatMap(
                count -> items(query, where, values).map(items -> page(query, items, count)));
    }

    /** PostgreSQL has no text with a NUL in it, and takes none to compare with. */
    private static boolean storable(String text) {
        return text.indexOf('\0') < 0;
    }

    private Mono<List<Camera>> items(CameraQuery query, String where, Map<String, String> values) {
        String after = query.after() == null ? "" : " and c.id > :after";
        var select =
                bound(
                                "select c.* from camera c"
                                        + where
                                        + after
                                        + " order by c.id limit :limit",
                                values)
                        .bind("limit", query.limit() + 1);
        if (query.after() != null) {
            select = select.bind("after", query.after());
        }
        return select.map(row -> CameraRow.of(row).camera()).all().collectList();
    }

    /** One more than a page was asked for: it tells whether there is a next. */
    private static Page page(CameraQuery query, List<Camera> items, long total) {
        if (items.size() <= query.limit()) {
            return new Page(items, total, null);
        }
        List<Camera> shown = items.subList(0, query.limit());
        return new Page(List.copyOf(shown), total, shown.getLast().id().value());
    }

    private static String where(CameraQuery query, Map<String, String> values) {
        StringBuilder where = new StringBuilder();
        if (query.verdict() != null) {
            where.append(" left join camera_status s on s.camera_id = c.id");
        }
        where.append(" where not c.removed");
        if (query.verdict() != null) {
            where.append(" and coalesce(s.verdict, 'UNKNOWN') = :verdict");
            values.put("verdict", query.verdict());
        }
        if (query.q() != null) {
            where.append(" and (c.id ilike :q or c.name ilike :q or c.address ilike :q)");
            values.put("q", "%" + query.q().replaceAll("([\\\\%_])", "\\\\$1") + "%");
        }
        equal("line", query.line(), where, values);
        equal("site", query.site(), where, values);
        equal("district", query.district(), where, values);
        equal("vendor", query.vendor(), where, values);
        equal("zone", query.zone(), where, values);
        return where.toString();
    }

    private static void equal(
            String column,
            @Nullable String value,
            StringBuilder where,
            Map<String, String> values) {
        if (value != null) {
            where.append(" and c.").append(column).append(" = :").append(column);
            values.put(column, value);
        }
    }

    private DatabaseClient.GenericExecuteSpec bound(String sql, Map<String, String> values) {
        DatabaseClient.GenericExecuteSpec spec = database.client().sql(sql);
        for (var value : values.entrySet()) {
            spec = spec.bind(value.getKey(), value.getValue());
        }
        return spec;
    }
}
