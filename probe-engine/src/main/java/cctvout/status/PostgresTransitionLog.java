package cctvout.status;

import cctvout.camera.CameraId;
import cctvout.cluster.Claim;
import cctvout.cluster.StaleWrites;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;
import cctvout.log.Json;
import cctvout.log.LogEntry;
import cctvout.log.PostgresEventLog;
import cctvout.store.Columns;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Transitions as entries of the event log; each camera's verdict beside it, moved in the same
 * transaction.
 */
public final class PostgresTransitionLog implements TransitionLog {

    private final Database database;
    private final PostgresEventLog events;
    private final StaleWrites stale;
    private final VerdictSpans spans;

    /**
     * @param stale counts what was refused because another process has the camera
     */
    public PostgresTransitionLog(Database database, PostgresEventLog events, StaleWrites stale) {
        this.database = database;
        this.events = events;
        this.stale = stale;
        this.spans = new VerdictSpans(database);
    }

    public PostgresTransitionLog(Database database, PostgresEventLog events) {
        this(database, events, StaleWrites.uncounted());
    }

    /**
     * What is stored of a camera, by which a transition is accepted or not.
     *
     * @param epoch that its shard was taken with; 0 where nobody has it
     */
    private record Stored(Verdict verdict, boolean registered, long epoch) {
        static final Stored NOTHING = new Stored(Verdict.UNKNOWN, false, 0);

        boolean isStale(Claim claim) {
            return claim.isShared() && registered && epoch != claim.epoch();
        }

        Stored moved(Verdict to) {
            return new Stored(to, registered, epoch);
        }

        boolean accepts(StatusTransition transition) {
            return transition.from() == verdict
                    && (registered || transition.to() == Verdict.UNKNOWN);
        }
    }

    /** A verdict as it is written. */
    private record Row(
            String camera,
            Verdict verdict,
            String reason,
            Instant since,
            long seq,
            @Nullable String icmp,
            @Nullable String hls) {}

    @Override
    public Mono<List<StatusTransition>> append(List<StatusTransition> transitions) {
        return appendClaimed(transitions.stream().map(it -> new Claimed(it, Claim.ALONE)).toList());
    }

    @Override
    public Mono<List<StatusTransition>> appendClaimed(List<Claimed> transitions) {
        if (transitions.isEmpty()) {
            return Mono.just(List.of());
        }
        // the head first: whoever appends waits for it, so that what is read here is still so at
        // the commit
        Mono<List<StatusTransition>> work =
                events.reserve(0)
                        .flatMap(
                                next ->
                                        stored(transitions)
                                                .map(known -> accepted(transitions, known, next)))
                        .flatMap(
                                numbered ->
                                        numbered.isEmpty()
                                                ? Mono.just(numbered)
                                                : write(numbered).thenReturn(numbered));
        return database.inTransaction(work);
    }

    private List<StatusTransition> accepted(
            List<Claimed> transitions, Map<CameraId, Stored> known, long next) {
        List<StatusTransition> numbered = new ArrayList<>(transitions.size());
        for (Claimed claimed : transitions) {
            StatusTransition transition = claimed.transition();
            Stored stored = known.getOrDefault(transition.cameraId(), Stored.NOTHING);
            if (stored.isStale(claimed.claim())) {
                stale.refused(StaleWrites.Write.TRANSITION, 1);
            } else if (stored.accepts(transition)) {
                known.put(transition.cameraId(), stored.moved(transition.to()));
                numbered.add(transition.numbered(next + numbered.size()));
            }
        }
        return numbered;
    }

    private Mono<Void> write(List<StatusTransition> numbered) {
        return events.reserve(numbered.size())
                .then(events.insert(numbered.stream().map(PostgresTransitionLog::entry).toList()))
                .then(moveVerdicts(numbered))
                .then(spans.move(numbered));
    }

    private static LogEntry entry(StatusTransition transition) {
        String camera = transition.cameraId().value();
        return new LogEntry(
                transition.seq(),
                LogEntry.TRANSITION,
                camera,
                camera,
                Json.write(transition),
                transition.occurredAt());
    }

    private Mono<Map<CameraId, Stored>> stored(List<Claimed> transitions) {
        String[] ids =
                transitions.stream()
                        .map(claimed -> claimed.transition().cameraId().value())
                        .distinct()
                        .toArray(String[]::new);
        return database.client()
                .sql(
                        """
                        select asked.id, s.verdict, coalesce(not c.removed, false) as registered,
                               coalesce(p.epoch, 0) as epoch
                        from unnest(:ids) as asked (id)
                        left join camera c on c.id = asked.id
                        left join probe_zone z on z.zone = c.zone
                        left join probe_shard p on p.zone = coalesce(z.zone, '') and p.shard = c.shard
                        left join camera_status s on s.camera_id = asked.id
                        """)
                .bind("ids", ids)
                .map(
                        row ->
                                Map.entry(
                                        new CameraId(Columns.text(row, "id")),
                                        new Stored(
                                                verdict(row),
                                                Columns.flag(row, "registered"),
                                                Columns.number(row, "epoch"))))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue, HashMap::new);
    }

    private static Verdict verdict(Readable row) {
        String name = row.get("verdict", String.class);
        return name == null ? Verdict.UNKNOWN : Verdict.valueOf(name);
    }

    /**
     * The newest of each camera: a statement may move a row but once. In the order of ids, as all
     * who lock these rows.
     */
    private Mono<Void> moveVerdicts(List<StatusTransition> numbered) {
        Map<CameraId, Row> rows = new HashMap<>();
        for (StatusTransition t : numbered) {
            rows.put(
                    t.cameraId(),
                    new Row(
                            t.cameraId().value(),
                            t.to(),
                            t.reason(),
                            t.occurredAt(),
                            t.seq(),
                            text(t.evidence().icmp()),
                            text(t.evidence().hls())));
        }
        return database.client()
                .sql(
                        """
                        insert into camera_status (camera_id, verdict, reason, since, seq, icmp, hls)
                        select camera, verdict, reason, since, seq, icmp, hls
                        from json_to_recordset(:rows::json) as r (
                            camera text, verdict text, reason text, since timestamptz, seq bigint,
                            icmp text, hls text)
                        order by camera
                        on conflict (camera_id) do update set
                            verdict = excluded.verdict, reason = excluded.reason, since = excluded.since,
                            seq = excluded.seq,
                            icmp = coalesce(excluded.icmp, camera_status.icmp),
                            hls = coalesce(excluded.hls, camera_status.hls)
                        """)
                .bind("rows", Json.write(rows.values()))
                .then();
    }

    private static @Nullable String text(@Nullable Object measurement) {
        return measurement == null ? null : Json.write(measurement);
    }

    @Override
    public Mono<List<StatusTransition>> read(long after, int limit) {
        return events.read(after, Set.of(LogEntry.TRANSITION), limit)
                .map(entries -> entries.stream().map(e -> transition(e.body())).toList());
    }

    @Override
    public Mono<List<StatusTransition>> ofCamera(CameraId id, long before, int limit) {
        return database.client()
                .sql(
                        """
                        select body from event_log
                        where camera_id = :id and type = 'transition' and seq < :before
                        order by seq desc limit :limit
                        """)
                .bind("id", id.value())
                .bind("before", before)
                .bind("limit", limit)
                .map(row -> transition(Columns.text(row, "body")))
                .all()
                .collectList();
    }

    private static StatusTransition transition(String body) {
        return Json.read(body, StatusTransition.class);
    }

    @Override
    public Flux<CameraState> verdicts(Collection<CameraId> ids) {
        return database.client()
                .sql(
                        """
                        select s.camera_id, s.verdict, s.reason, s.since
                        from camera_status s left join camera c on c.id = s.camera_id
                        where s.camera_id = any(:ids)
                            and (not coalesce(c.removed, true) or s.verdict <> 'UNKNOWN')
                        """)
                .bind("ids", ids.stream().map(CameraId::value).toArray(String[]::new))
                .map(PostgresTransitionLog::state)
                .all();
    }

    private static CameraState state(Readable row) {
        return new CameraState(
                new CameraId(Columns.text(row, "camera_id")),
                Verdict.valueOf(Columns.text(row, "verdict")),
                Columns.text(row, "reason"),
                Columns.required(row, "since", Instant.class),
                null);
    }

    @Override
    public Mono<CameraStatus> current(CameraId id) {
        return database.client()
                .sql("select * from camera_current where camera_id = :id")
                .bind("id", id.value())
                .map(PostgresTransitionLog::status)
                .one();
    }

    private static CameraStatus status(Readable row) {
        String icmp = row.get("icmp", String.class);
        String hls = row.get("hls", String.class);
        return new CameraStatus(
                new CameraId(Columns.text(row, "camera_id")),
                Verdict.valueOf(Columns.text(row, "verdict")),
                Columns.text(row, "reason"),
                Columns.required(row, "since", Instant.class),
                icmp == null ? null : Json.read(icmp, IcmpResult.class),
                hls == null ? null : Json.read(hls, HlsResult.class));
    }
}
