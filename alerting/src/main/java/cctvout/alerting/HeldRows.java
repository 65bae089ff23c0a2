package cctvout.alerting;

import cctvout.camera.Camera;
import cctvout.camera.CameraId;
import cctvout.issue.IssueKind;
import cctvout.maintenance.Maintenance;
import cctvout.notification.Holds;
import cctvout.notification.Holds.Hold;
import cctvout.notification.Holds.Reason;
import cctvout.policy.Fault;
import cctvout.policy.Policies;
import cctvout.rows.Rows;
import cctvout.store.Columns;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Notices that nobody has heard of yet, timed anew when a maintenance window changes. */
final class HeldRows {

    // of an outage: the cameras that it tells of, or where it lists none, the outage's; an end
    // lists those still down, and tells of the others
    private static final String LOCK =
            """
            select n.id, n.holds, n.held_until, coalesce(about.kind, o.kind) as kind,
                n.channel <> 'inbox' and n.escalated_from is null
                    and (n.event <> 'RECOVERED' or exists (
                        select 1 from notification t where t.subject = n.subject
                            and t.recipient_id = n.recipient_id
                            and t.channel_key = n.channel_key and t.event <> 'RECOVERED'))
                    as quiet,
                case when n.camera_id is not null then array[n.camera_id]
                    when n.event = 'RECOVERED' then array(
                        select i.camera_id from issue i where i.outage_id = n.outage_id
                            and i.status not in ('OPEN', 'IN_PROGRESS')
                            order by i.camera_id limit 100)
                    else coalesce(
                        nullif(array(select jsonb_array_elements_text(
                            n.content::jsonb #> '{outage,cameras}')), '{}'),
                        array(select i.camera_id from issue i where i.outage_id = n.outage_id
                            order by i.camera_id limit 100)) end as cameras
            from notification n left join issue about on about.id = n.issue_id
                left join outage o on o.id = n.outage_id
            where n.next_at is not null and n.status = 'CREATED' and n.tries = 0
                and n.lease is null and not n.in_doubt and n.digest_id is null
                and n.subject is not null and n.alarm_id is null
            order by n.id for update of n
            """;

    private static final String RETIME =
            """
            update notification n set holds = r.holds, held_until = r.held_until,
                next_at = coalesce(r.held_until, :now), first_try_at = null
            from jsonb_to_recordset(:rows::jsonb) as r(id text, holds text, held_until timestamptz)
            where n.id = r.id
            """;

    /**
     * @param quiet hours may hold it
     */
    private record Held(
            String id,
            @Nullable IssueKind kind,
            List<CameraId> cameras,
            Holds holds,
            boolean quiet) {}

    private final Database database;
    private final AffectedCameras cameras;

    HeldRows(Database database) {
        this.database = database;
        this.cameras = new AffectedCameras(database);
    }

    /** In the caller's transaction; how many changed. */
    Mono<Integer> retime(Maintenance maintenance, Policies policies, Instant now) {
        MaintenanceHolds holds = new MaintenanceHolds(maintenance, now);
        return database.client()
                .sql(LOCK)
                .map(HeldRows::held)
                .all()
                .collectList()
                .flatMap(
                        rows ->
                                cameras.find(named(rows))
                                        .flatMap(
                                                known ->
                                                        write(
                                                                changed(
                                                                        rows, known, holds,
                                                                        policies),
                                                                now)));
    }

    private static Set<CameraId> named(List<Held> rows) {
        return rows.stream().flatMap(row -> row.cameras.stream()).collect(Collectors.toSet());
    }

    private static Map<String, Holds> changed(
            List<Held> rows,
            Map<CameraId, Camera> known,
            MaintenanceHolds maintenance,
            Policies policies) {
        Map<String, Holds> changed = new LinkedHashMap<>();
        for (Held row : rows) {
            List<Camera> its =
                    row.cameras.stream().map(known::get).filter(Objects::nonNull).toList();
            Holds holds = holds(row, its, maintenance, policies);
            if (!holds.equals(row.holds)) {
                changed.put(row.id, holds);
            }
        }
        return changed;
    }

    /** Where the work that it waits for is over at another time, so may be the quiet after it. */
    private static Holds holds(
            Held row, List<Camera> its, MaintenanceHolds maintenance, Policies policies) {
        Holds holds = maintenance.of(its, row.holds);
        if (!row.quiet
                || row.kind == null
                || its.isEmpty()
                || holds.of(Reason.MAINTENANCE).equals(row.holds.of(Reason.MAINTENANCE))) {
            return holds;
        }
        Holds others = row.holds.without(Reason.QUIET_HOURS);
        Instant quiet =
                policies.holds(new Fault(its.getFirst(), row.kind), maintenance.due(its, others));
        return maintenance.of(
                its,
                quiet == null ? others : others.with(new Hold(Reason.QUIET_HOURS, quiet, null)));
    }

    private Mono<Integer> write(Map<String, Holds> changed, Instant now) {
        if (changed.isEmpty()) {
            return Mono.just(0);
        }
        return database.client()
                .sql(RETIME)
                .bind("now", now)
                .bind("rows", Rows.recordset(changed.entrySet(), HeldRows::row))
                .then()
                .thenReturn(changed.size());
    }

    private static Rows.Row row(Map.Entry<String, Holds> changed) {
        Holds holds = changed.getValue();
        return new Rows.Row()
                .with("id", changed.getKey())
                .with("holds", holds.all().isEmpty() ? null : Rows.json(holds))
                .with("held_until", holds.until());
    }

    private static Held held(Readable row) {
        @Nullable String holds = row.get("holds", String.class);
        @Nullable String kind = row.get("kind", String.class);
        return new Held(
                Columns.text(row, "id"),
                kind == null ? null : IssueKind.valueOf(kind),
                Arrays.stream(Columns.required(row, "cameras", String[].class))
                        .map(CameraId::new)
                        .toList(),
                holds == null
                        ? Holds.of(Reason.SHARED_CAUSE, row.get("held_until", Instant.class))
                        : Rows.read(holds, Holds.class),
                Columns.flag(row, "quiet"));
    }
}
