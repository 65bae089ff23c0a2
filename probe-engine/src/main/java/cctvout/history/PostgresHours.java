package cctvout.history;

import cctvout.camera.CameraId;
import cctvout.store.Columns;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Hours in PostgreSQL. An hour is always computed as a whole from what was measured in it, so that
 * doing it twice, or again after a restart or for rows that came late, ends in the same figures.
 */
final class PostgresHours implements HourlyHistory {

    private static final Logger log = LoggerFactory.getLogger(PostgresHours.class);

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyyMM");

    private final Database database;
    private final HistorySettings settings;
    private final Clock clock = Clock.systemUTC();

    PostgresHours(Database database, HistorySettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** Computes each hour that is over and got measurements since it was computed last. Lazy. */
    Mono<Long> rollUp() {
        return due().flatMapMany(Flux::fromIterable).concatMap(this::rollUp).count();
    }

    private Mono<List<Instant>> due() {
        Instant now = clock.instant();
        return database.client()
                .sql(
                        """
                        select hour from measurement_due
                        where written > rolled and hour <= :over and hour >= :kept order by hour
                        """)
                .bind("over", now.minus(settings.rollUpAfter()).minus(1, ChronoUnit.HOURS))
                .bind("kept", now.minus(settings.keep()))
                .map(row -> Columns.required(row, "hour", Instant.class))
                .all()
                .collectList();
    }

    // How many were written is read first: what comes after that makes it due again.
    private Mono<Long> rollUp(Instant hour) {
        return database.inTransaction(
                Days.alone(database)
                        .then(patience())
                        .then(written(hour))
                        .flatMap(written -> compute(hour).then(rolled(hour, written)))
                        .doOnSuccess(_ -> log.debug("Figures of the hour {}", hour)));
    }

    private Mono<Void> patience() {
        return database.client()
                .sql("select set_config('statement_timeout', :limit, true)")
                .bind("limit", settings.rollUpTimeout().toMillis() + "ms")
                .fetch()
                .all()
                .then();
    }

    private Mono<Long> written(Instant hour) {
        return database.client()
                .sql("select written from measurement_due where hour = :hour")
                .bind("hour", hour)
                .map(row -> Columns.number(row, "written"))
                .one();
    }

    private Mono<Long> rolled(Instant hour, long written) {
        return database.client()
                .sql("update measurement_due set rolled = :written where hour = :hour")
                .bind("written", written)
                .bind("hour", hour)
                .fetch()
                .rowsUpdated();
    }

    private Mono<Void> compute(Instant hour) {
        int first = Buckets.of(hour);
        return database.client()
                .sql(
                        """
                        insert into measurement_hour as known (
                            hour, camera, checks, good, icmp_checks, icmp_loss, icmp_timeout, icmp_fail,
                            sent, received, hls_checks, hls_fail, hls_error, hls_latency_max, hls_latency_avg,
                            rtt_avg, rtt_max)
                        select :hour, camera, count(*),
                               count(*) filter (where coalesce(icmp_status, 1) = 1 and coalesce(hls_status, 1) = 1),
                               count(icmp_status), count(*) filter (where icmp_status = 2),
                               count(*) filter (where icmp_status = 3), count(*) filter (where icmp_status = 4),
                               coalesce(sum(sent), 0), coalesce(sum(received), 0),
                               count(hls_status), count(*) filter (where hls_status = 2),
                               count(*) filter (where hls_status = 3), max(hls_latency), avg(hls_latency),
                               sum(rtt_avg * received) / nullif(sum(received) filter (where rtt_avg is not null), 0),
                               max(rtt_max)
                        from measurement where bucket >= :first and bucket < :first + 12
                        group by camera
                        on conflict (hour, camera) do update set
                            checks = excluded.checks, good = excluded.good, icmp_checks = excluded.icmp_checks,
                            icmp_loss = excluded.icmp_loss, icmp_timeout = excluded.icmp_timeout,
                            icmp_fail = excluded.icmp_fail, sent = excluded.sent, received = excluded.received,
                            hls_checks = excluded.hls_checks, hls_fail = excluded.hls_fail,
                            hls_error = excluded.hls_error, hls_latency_max = excluded.hls_latency_max,
                            hls_latency_avg = excluded.hls_latency_avg, rtt_avg = excluded.rtt_avg,
                            rtt_max = excluded.rtt_max
                        where known.checks <> excluded.checks
                        """)
                .bind("hour", hour)
                .bind("first", first)
                .then();
    }

    /** Makes this month's and the next one's table, removes what was kept long enough. Lazy. */
    Mono<Void> upkeep() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return Flux.just(today, today.plusMonths(1))
                .concatMap(this::addMonth)
                .then(dropMonths(today.minusDays(settings.keepHours().toDays())))
                .then(forgetDue());
    }

    private Mono<Void> addMonth(LocalDate month) {
        return database.inTransaction(
                Days.alone(database)
                        .then(
                                database.client()
                                        .sql("select add_measurement_month(:month)")
                                        .bind("month", month)
                                        .fetch()
                                        .all()
                                        .then()));
    }

    private Mono<Void> dropMonths(LocalDate oldest) {
        return Days.drop(database, "measurement_hour", "measurement_hour_" + MONTH.format(oldest));
    }

    private Mono<Void> forgetDue() {
        return database.client()
                .sql("delete from measurement_due where hour < :oldest")
                .bind("oldest", clock.instant().minus(settings.keep()))
                .then();
    }

    @Override
    public Mono<List<HourOfChecks>> hours(CameraId id, Instant from, Instant to) {
        Instant first = from.isBefore(to.minus(LONGEST)) ? to.minus(LONGEST) : from;
        return database.client()
                .sql(
                        """
                        select h.* from camera_key k,
                             generate_series(
                                 date_trunc('hour', :from::timestamptz), :to::timestamptz, interval '1 hour') at,
                             lateral (select * from measurement_hour where hour = at and camera = k.key) h
                        where k.camera_id = :id and at >= :from and at < :to order by at
                        """)
                .bind("id", id.value())
                .bind("from", first)
                .bind("to", to)
                .map(PostgresHours::hour)
                .all()
                .collectList();
    }

    private static HourOfChecks hour(Readable row) {
        return new HourOfChecks(
                Columns.required(row, "hour", Instant.class),
                count(row, "checks"),
                count(row, "good"),
                count(row, "icmp_checks"),
                count(row, "icmp_loss"),
                count(row, "icmp_timeout"),
                count(row, "icmp_fail"),
                count(row, "sent"),
                count(row, "received"),
                real(row, "rtt_avg"),
                real(row, "rtt_max"),
                count(row, "hls_checks"),
                count(row, "hls_fail"),
                count(row, "hls_error"),
                real(row, "hls_latency_avg"),
                row.get("hls_latency_max", Integer.class));
    }

    private static int count(Readable row, String name) {
        return Columns.required(row, name, Integer.class);
    }

    // by way of its shortest decimal: 0.1f is 0.1, not 0.10000000149
    private static @Nullable Double real(Readable row, String name) {
        Float value = row.get(name, Float.class);
        return value == null ? null : Double.valueOf(value.toString());
    }
}
