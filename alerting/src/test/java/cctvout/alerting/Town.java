package cctvout.alerting;

import cctvout.camera.CameraId;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.log.PostgresEventLog;
import cctvout.status.PostgresTransitionLog;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.TransitionLog;
import cctvout.status.Verdict;
import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Cameras in a real database, and the log of what becomes of them. */
abstract class Town implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(20);

    final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    final Database database = embedded.database();
    final PostgresEventLog events = new PostgresEventLog(database);
    final TransitionLog transitions = new PostgresTransitionLog(database, events);

    void camera(String id, @Nullable String line, String vendor) {
        get(
                database.client()
                        .sql(
                                "insert into camera (id, name, address, ip, line, vendor,"
                                        + " version, revision) values (:id, '터미널 앞', '만남로"
                                        + " 43', '10.0.0.1', :line, :vendor, 1, (select"
                                        + " count(*) + 1 from camera))")
                        .bind("id", id)
                        .bind("line", Parameters.in(R2dbcType.VARCHAR, line))
                        .bind("vendor", vendor)
                        .fetch()
                        .rowsUpdated());
    }

    /** The camera was in {@code from} before; the log takes no other. */
    void turns(String camera, Verdict from, Verdict to) {
        turn(List.of(camera), from, to);
    }

    /** All of them at once. */
    void turn(List<String> cameras, Verdict from, Verdict to) {
        turn(cameras, from, to, Instant.now());
    }

    /**
     * @param now when it was found, which may be a while ago
     */
    void turn(List<String> cameras, Verdict from, Verdict to, Instant now) {
        cameras.forEach(camera -> was(camera, from));
        Evidence evidence = new Evidence(icmp(to, now), hls(to, now));
        get(
                transitions.append(
                        cameras.stream()
                                .map(
                                        camera ->
                                                new StatusTransition(
                                                        0,
                                                        new CameraId(camera),
                                                        from,
                                                        to,
                                                        "ICMP_TIMEOUT",
                                                        evidence,
                                                        now))
                                .toList()));
    }

    private void was(String camera, Verdict before) {
        get(
                database.client()
                        .sql(
                                "insert into camera_status (camera_id, verdict, reason, since, seq)"
                                        + " values (:id, :verdict, 'OK', now(), 0) on conflict"
                                        + " (camera_id) do update set verdict = excluded.verdict")
                        .bind("id", camera)
                        .bind("verdict", before.name())
                        .fetch()
                        .rowsUpdated());
    }

    private static IcmpResult icmp(Verdict verdict, Instant now) {
        return verdict == Verdict.HEALTHY
                ? new IcmpResult(IcmpStatus.SUCCESS, "OK", 4, 4, 1.0, 2.0, 3.0, now)
                : new IcmpResult(IcmpStatus.TIMEOUT, "TIMEOUT", 4, 0, null, null, null, now);
    }

    private static HlsResult hls(Verdict verdict, Instant now) {
        HlsReason reason = verdict == Verdict.HEALTHY ? HlsReason.OK : HlsReason.CONNECT_TIMEOUT;
        return new HlsResult(
                reason.status(),
                reason,
                null,
                null,
                null,
                9L,
                "odd \0 byte",
                List.of(),
                null,
                null,
                now);
    }

    /** Returns when alerting, which runs, has read all of the log. */
    void read() {
        String unread =
                "event_log where type = 'transition' and seq >"
                        + " (select seq from log_cursor where consumer = 'alerting')";
        get(
                Flux.interval(Duration.ofMillis(20))
                        .onBackpressureDrop()
                        .concatMap(_ -> counted(unread))
                        .filter(left -> left == 0)
                        .next());
    }

    long count(String what) {
        return get(counted(what));
    }

    Mono<Long> counted(String what) {
        return database.client()
                .sql("select count(*) as n from " + what)
                .map(row -> Objects.requireNonNull(row.get("n", Long.class)))
                .one();
    }

    void run(String sql) {
        get(database.client().sql(sql).fetch().rowsUpdated());
    }

    static <T> T get(Mono<T> work) {
        return get(work, SOON);
    }

    static <T> T get(Mono<T> work, Duration within) {
        AtomicReference<@Nullable T> result = new AtomicReference<>();
        StepVerifier.create(work).consumeNextWith(result::set).expectComplete().verify(within);
        return Objects.requireNonNull(result.get());
    }

    @Override
    public void close() {
        embedded.close();
    }
}
