package cctvout.history;

import cctvout.camera.CameraId;
import cctvout.cluster.Claim;
import cctvout.cluster.StaleWrites;
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
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.BadSqlGrammarException;

import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Measurements in PostgreSQL, in batches; while it is away they wait, bounded, and are thinned. */
public final class PostgresProbeHistory implements ProbeHistory, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(PostgresProbeHistory.class);

    private static final Duration UPKEEP_EVERY = Duration.ofMinutes(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final Database database;
    private final HistorySettings settings;
    private final Counter dropped;
    private final WaitingChecks waiting;
    private final CheckWriter writer;
    private final Days days;
    private final PostgresHours hours;
    private final AtomicLong lost = new AtomicLong();
    private volatile List<ClaimedCheck> unwritten = List.of();
    private boolean away;
    private Disposable running = Disposables.disposed();
    private Sinks.Empty<Void> stopping = Sinks.empty();
    private Mono<Void> written = Mono.empty();

    public PostgresProbeHistory(Database database, HistorySettings settings, MeterRegistry meters) {
        this(database, settings, StaleWrites.uncounted(), meters);
    }

    /**
     * @param stale counts what was refused because another process has the camera
     */
    public PostgresProbeHistory(
            Database database, HistorySettings settings, StaleWrites stale, MeterRegistry meters) {
        this(database, settings, new PostgresHours(database, settings), stale, meters);
    }

    PostgresProbeHistory(
            Database database,
            HistorySettings settings,
            PostgresHours hours,
            StaleWrites stale,
            MeterRegistry meters) {
        this.database = database;
        this.settings = settings;
        this.waiting = new WaitingChecks(settings.buffer());
        this.writer = new CheckWriter(database, stale);
        this.days = new Days(database, settings);
        this.hours = hours;
        this.dropped =
                Counter.builder("cctvout.history.dropped")
                        .description("Measurements dropped while the database was away")
                        .register(meters);
    }

    @Override
    public void record(CameraStatus status) {
        lose(waiting.add(ClaimedCheck.alone(status)));
    }

    @Override
    public void record(CameraStatus status, Claim claim) {
        lose(waiting.add(new ClaimedCheck(status, claim)));
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
                Flux.interval(Duration.ZERO, UPKEEP_EVERY)
                        .onBackpressureDrop()
                        .concatMap(_ -> upkeep(), 1)
                        .subscribe(
                                _ -> {}, bug -> log.error("The history is no longer kept up", bug));
        running = Disposables.composite(writing, cleaning);
    }

    /** Writes all that waits; what cannot be written waits on. Lazy. */
    Mono<Void> flush() {
        return Mono.defer(this::writeNext)
                .repeat()
                .takeUntil(more -> !more)
                .then()
                .doOnSuccess(_ -> back())
                .onErrorResume(
                        reason -> {
                            away(reason);
                            return Mono.empty();
                        });
    }

    /** Whether there are enough behind it for another one. */
    private Mono<Boolean> writeNext() {
        List<ClaimedCheck> again = unwritten;
        List<ClaimedCheck> batch = again.isEmpty() ? waiting.take(settings.batch()) : again;
        if (batch.isEmpty()) {
            return Mono.just(false);
        }
        unwritten = batch;
        return writer.write(batch)
                .onErrorResume(PostgresProbeHistory::isPoison, poison -> given(batch, poison))
                .doOnNext(_ -> unwritten = List.of())
                .thenReturn(!again.isEmpty() || batch.size() == settings.batch());
    }

    // Waiting on would not help, and all that is measured after it would wait too.
    private static boolean isPoison(Throwable failure) {
        return failure instanceof DataIntegrityViolationException
                || failure instanceof BadSqlGrammarException;
    }

    private Mono<Integer> given(List<ClaimedCheck> batch, Throwable poison) {
        log.error("{} measurements cannot be stored, and are given up", batch.size(), poison);
        lose(batch.size());
        return Mono.just(0);
    }

    private void lose(int count) {
        if (count > 0) {
            dropped.increment(count);
            lost.addAndGet(count);
        }
    }

    private void away(Throwable reason) {
        if (!away) {
            away = true;
            log.warn("Measurements wait, {} so far: {}", size(), reason.toString());
        }
    }

    private void back() {
        long gone = lost.getAndSet(0);
        if (away) {
            away = false;
            log.info("Measurements are written again; {} were dropped meanwhile", gone);
        } else if (gone > 0) {
            log.warn(
                    "{} measurements were dropped: they come faster than they are written"
                            + " (cctvout.history.buffer is {})",
                    gone,
                    settings.buffer());
        }
    }

    /** What is not written yet. */
    int size() {
        return waiting.size() + unwritten.size();
    }

    /** Makes what comes ready, computes hours, removes what was kept long enough. Lazy. */
    Mono<Void> upkeep() {
        return Flux.concat(days.ahead(), hours.rollUp().then(), days.drop(), hours.upkeep())
                .then()
                .onErrorResume(
                        failure -> {
                            log.warn("The upkeep of the history waits: {}", failure.toString());
                            return Mono.empty();
                        });
    }

    @Override
    public Mono<List<CameraStatus>> checks(CameraId id, Instant from, Instant to, int limit) {
        return database.client()
                .sql(
                        """
                        select k.camera_id, verdict(m) as verdict, coalesce(m.reason, 'OK') as reason,
                               m.since, icmp_json(m) as icmp, hls_json(m) as hls
                        from camera_key k, checks_of(
                            k.key, greatest(:first, least(:last, k.latest) - :kept), least(:last, k.latest),
                            :from, :to, :limit) m
                        where k.camera_id = :id
                        """)
                .bind("id", id.value())
                .bind("from", from)
                .bind("to", to)
                .bind("first", Buckets.of(from))
                .bind("last", Buckets.of(to))
                .bind("kept", (int) (settings.keep().toDays() + 2) * Buckets.PER_DAY)
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
