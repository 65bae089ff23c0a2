package cctvout.stream;

import cctvout.log.Json;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.store.Database;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Objects;

/**
 * A page comes as one text: a row of so many columns costs the driver several times what its JSON
 * does.
 */
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
                        select coalesce(json_agg(l order by l."cameraId"), '[]')::text as lines
                        from (
                            select c.id as "cameraId", c.name, c.address, c.latitude, c.longitude,
                                   c.line, c.site, c.district, c.vendor, c.zone, c.enabled,
                                   coalesce(s.verdict, 'UNKNOWN') as verdict,
                                   coalesce(s.reason, 'NOT_CHECKED') as reason, s.since
                            from camera c left join camera_status s on s.camera_id = c.id
                            where not c.removed and c.id > $1 order by c.id limit $2) l""")
                .bind(0, after == null ? "" : after)
                .bind(1, limit)
                .map(row -> Objects.requireNonNull(row.get("lines", String.class)))
                .one()
                .map(lines -> List.of(Json.read(lines, StatusLine[].class)));
    }
}
