package cctvout.stream;

import cctvout.camera.CameraId;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.status.Verdict;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

@Component
@ConditionalOnRole(Role.API)
final class PostgresStatusLines implements StatusLines {

    private final Database database;

    PostgresStatusLines(Database database) {
        this.database = database;
    }

    @Override
    public Mono<List<StatusLine>> page(@Nullable String after, int limit) {
        return database.client()
                .sql(
                        """
                        select c.id, c.name, c.address, c.latitude, c.longitude, c.line, c.site,
                               c.district, c.vendor, c.zone, c.enabled,
                               coalesce(s.verdict, 'UNKNOWN') as verdict,
                               coalesce(s.reason, 'NOT_CHECKED') as reason, s.since
                        from camera c left join camera_status s on s.camera_id = c.id
                        where not c.removed and c.id > $1 order by c.id limit $2""")
                .bind(0, after == null ? "" : after)
                .bind(1, limit)
                .map(PostgresStatusLines::line)
                .all()
                .collectList();
    }

    private static StatusLine line(Readable row) {
        return new StatusLine(
                new CameraId(required(row, "id", String.class)),
                row.get("name", String.class),
                row.get("address", String.class),
                row.get("latitude", Double.class),
                row.get("longitude", Double.class),
                row.get("line", String.class),
                row.get("site", String.class),
                row.get("district", String.class),
                row.get("vendor", String.class),
                row.get("zone", String.class),
                required(row, "enabled", Boolean.class),
                Verdict.valueOf(required(row, "verdict", String.class)),
                required(row, "reason", String.class),
                row.get("since", Instant.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
