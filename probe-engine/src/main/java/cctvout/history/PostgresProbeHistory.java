package cctvout.history;

import cctvout.camera.CameraId;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;
import cctvout.log.Json;
import cctvout.status.CameraStatus;
import cctvout.status.Verdict;
import cctvout.store.Columns;
import cctvout.store.Database;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.r2dbc.spi.Readable;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measurements in PostgreSQL, in batches; while it is away they wait, bounded, and the oldest go
 * first.
 */
public final class PostgresProbeHistory implements ProbeHistory, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PostgresProbeHistory.class);

    private static final Duration CLEAN_EVERY = Duration.ofMinutes(1);
    private static final int CLEAN_BATCH = 10_000;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final Database database;
    private final HistorySettings settings;
    private final Counter dropped;
    private final Deque<CameraStatus> waiting = new ArrayDeque<>();
    private Disposable running = Disposables.disposed();
    private Sinks.Empty<Void> stopping = Sinks.empty();
    private Mono<Void> written = Mono.empty();

    public PostgresProbeHistory(Database database, HistorySettings settings, MeterRegistry meters) {
        this.database = database;
        this.settings = settings;
        this.dropped =
                Counter.builder("cctvout.history.dropped")
                        .description("Measurements dropped while the database was away")
                        .register(meters);
    }

    @Override
    public void record(CameraStatus status) {
        synchronized (waiting) {
            waiting.add(status);
            if (waiting.size() > settings.buffer()) {
                waiting.remove();
                dropped.increment();
            }
        }
    }

    @Override
    public void start() {
        Sinks.Empty<Void> ended = Sinks.empty();
        stopping = Sinks.empty();
        written = ended.asMono();
        Disposable writing =
                Flux.interval(settings.every())
                        .onBackpressureDrop()
                        .takeUntilOther(stopping.asMono())
                        .concatMap(_ -> flush(), 1)
                        .doFinally(_ -> ended.tryEmitEmpty())
                        .subscribe(_ -> {}, bug -> log.error("History is no longer written", bug));
        Disposable cleaning =
                Flux.interval(CLEAN_EVERY)
                        .onBackpressureDrop()
                        .concatMap(_ -> clean(), 1)
                        .subscribe(_ -> {}, bug -> log.error("History is no longer cleaned", bug));
        running = Disposables.composite(writing, cleaning);
    }

    /** Writes all that waits; what cannot be written waits on. Lazy. */
    Mono<Void> flush() {
        return Mono.defer(
                        () -> {
                            List<CameraStatus> batch = take();
                            return batch.isEmpty()
                                    ? Mono.just(0)
                                    : write(batch)
                                            .thenReturn(batch.size())
                                            .doOnError(_ -> putBack(batch));
                        })
                .repeat()
                .takeUntil(written -> written < settings.batch())
                .then()
                .onErrorResume(
                        away -> {
                            log.warn("{} measurements wait: {}", size(), away.toString());
                            return Mono.empty();
                        });
    }

    private List<CameraStatus> take() {
        synchronized (waiting) {
            List<CameraStatus> batch = new ArrayList<>(Math.min(settings.batch(), waiting.size()));
            while (batch.size() < settings.batch() && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            return batch;
        }
    }

    private void putBack(List<CameraStatus> batch) {
        synchronized (waiting) {
            for (int i = batch.size() - 1; i >= 0; i--) {
                if (waiting.size() < settings.buffer()) {
                    waiting.addFirst(batch.get(i));
                } else {
                    dropped.increment();
                }
            }
        }
    }

    int size() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private Mono<Void> write(List<CameraStatus> batch) {
        List<MeasuredRow> rows = new ArrayList<>(batch.size());
        Map<String, MeasuredRow> newest = new LinkedHashMap<>();
        for (CameraStatus status : batch) {
            MeasuredRow row = MeasuredRow.of(status);
            if (row != null) {
                rows.add(row);
                newest.put(row.camera(), row);
            }
        }
        if (rows.isEmpty()) {
            return Mono.empty();
        }
        return database.inTransaction(insert(rows).then(latest(newest.values())));
    }

    private Mono<Void> insert(List<MeasuredRow> rows) {
        return database.client()
                .sql(
                        """
                        insert into probe_check (camera_id, checked_at, verdict, reason, since, icmp, hls)
                        select camera, at, verdict, reason, since, icmp, hls
                        from json_to_recordset(:rows::json) as r (
                            camera text, at timestamptz, verdict text, reason text, since timestamptz,
                            icmp text, hls text)
                        on conflict do nothing
                        """)
                .bind("rows", Json.write(rows))
                .then();
    }

    /**
     * Measurements alone: a verdict moves with its transition. In the order of ids, as all who lock
     * these rows.
     */
    private Mono<Void> latest(Collection<MeasuredRow> rows) {
        return database.client()
                .sql(
                        """
                        insert into camera_status (camera_id, verdict, reason, since, seq, icmp, hls, checked_at)
                        select camera, 'UNKNOWN', reason, since, 0, icmp, hls, at
                        from json_to_recordset(:rows::json) as r (
                            camera text, at timestamptz, reason text, since timestamptz, icmp text, hls text)
                        order by camera
                        on conflict (camera_id) do update set
                            icmp = excluded.icmp, hls = excluded.hls, checked_at = excluded.checked_at,
                            reason = case when camera_status.verdict = 'UNKNOWN' then excluded.reason
                                else camera_status.reason end
                        """)
                .bind("rows", Json.write(rows))
                .then();
    }

    /** Removes what is older than it is kept. Lazy. */
    Mono<Void> clean() {
        return database.client()
                .sql(
                        """
                        delete from probe_check where ctid = any(array(
                            select ctid from probe_check where checked_at < :before limit :most))
                        """)
                .bind("before", Instant.now().minus(settings.keep()))
                .bind("most", CLEAN_BATCH)
                .fetch()
                .rowsUpdated()
                .repeat()
                .takeUntil(removed -> removed < CLEAN_BATCH)
                .then()
                .onErrorResume(
                        away -> {
                            log.warn("Old measurements are not removed: {}", away.toString());
                            return Mono.empty();
                        });
    }

    @Override
    public Mono<List<CameraStatus>> checks(CameraId id, Instant from, Instant to, int limit) {
        return database.client()
                .sql(
                        """
                        select * from probe_check
                        where camera_id = :id and checked_at >= :from and checked_at <= :to
                        order by checked_at desc limit :limit
                        """)
                .bind("id", id.value())
                .bind("from", from)
                .bind("to", to)
                .bind("limit", limit)
                .map(PostgresProbeHistory::check)
                .all()
                .collectList();
    }

    private static CameraStatus check(Readable row) {
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

    /** What is being written is waited for, and what waits is written behind it. */
    @Override
    public void stop(Runnable callback) {
        stopping.tryEmitEmpty();
        written.then(flush())
                .timeout(STOP_WITHIN)
                .onErrorComplete()
                .doFinally(
                        _ -> {
                            running.dispose();
                            callback.run();
                        })
                .subscribe();
    }

    @Override
    public void stop() {
        running.dispose();
    }

    @Override
    public boolean isRunning() {
        return !running.isDisposed();
    }

    /** Before the engine, and after it at the end: what it measured last is still written. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 100;
    }
}
