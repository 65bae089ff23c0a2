package cctvout.alerting;

import cctvout.camera.CameraId;
import cctvout.engine.EngineStatus;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.issue.IssueQuery;
import cctvout.log.PostgresEventLog;
import cctvout.network.DnsHostResolver;
import cctvout.network.DnsSettings;
import cctvout.notification.ChannelSettings;
import cctvout.notification.Notification;
import cctvout.notification.NotificationQuery;
import cctvout.notification.NotificationSettings;
import cctvout.notification.UnsentOpened;
import cctvout.outage.OutageSettings;
import cctvout.recipient.Language;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.recipient.RecipientRole;
import cctvout.recipient.Secret;
import cctvout.status.PostgresTransitionLog;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.TransitionLog;
import cctvout.status.Verdict;
import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;
import cctvout.trace.Traces;
import cctvout.watchdog.WatchdogSettings;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;

import org.jspecify.annotations.Nullable;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Alerting on a real database, with a real receiver, and the cameras that it needs. */
final class Bench implements AutoCloseable {

    /** Every fault is told singly. */
    private static final OutageSettings OUTAGES = outagesOf(10_000);

    /** Without the wait for others: what is told alone is told at once. */
    static OutageSettings outagesOf(int cameras) {
        return new OutageSettings(
                cameras, Duration.ofMinutes(1), Duration.ZERO, Duration.ofMinutes(1), 2);
    }

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final Duration SOON = Duration.ofSeconds(20);

    final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    final Database database = embedded.database();
    final PostgresEventLog events = new PostgresEventLog(database);
    final TransitionLog transitions = new PostgresTransitionLog(database, events);
    final Receiver receiver = new Receiver();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final AtomicReference<EngineStatus> engine =
            new AtomicReference<>(EngineStatus.absent("no engine in this test"));
    final Alerting alerting;

    private final DnsHostResolver hosts = DnsHostResolver.open(DnsSettings.standard());
    private Disposable running = () -> {};

    Bench() {
        this(settings(UnsentOpened.MERGE));
    }

    Bench(NotificationSettings notification) {
        this(notification, ChannelSettings.NONE);
    }

    Bench(NotificationSettings notification, OutageSettings outages) {
        this(notification, ChannelSettings.NONE, outages);
    }

    Bench(NotificationSettings notification, ChannelSettings channels) {
        this(notification, channels, OUTAGES);
    }

    /** Where a person's word is not taken at once. */
    static Bench verifying(OutageSettings outages, Duration within) {
        return new Bench(
                settings(UnsentOpened.MERGE),
                ChannelSettings.NONE,
                outages,
                within,
                FlapSettings.NEVER);
    }

    static Bench flapping(FlapSettings flaps) {
        return new Bench(
                settings(UnsentOpened.MERGE), ChannelSettings.NONE, OUTAGES, Duration.ZERO, flaps);
    }

    private Bench(
            NotificationSettings notification, ChannelSettings channels, OutageSettings outages) {
        this(notification, channels, outages, Duration.ZERO, FlapSettings.NEVER);
    }

    private Bench(
            NotificationSettings notification,
            ChannelSettings channels,
            OutageSettings outages,
            Duration verifyWithin,
            FlapSettings flaps) {
        alerting =
                new Alerting(
                        database,
                        events,
                        transitions,
                        hosts,
                        new AlertingSettings(
                                false, 200, Duration.ofMillis(100), verifyWithin, flaps),
                        outages,
                        notification,
                        channels,
                        new WatchdogSettings(
                                Duration.ofMillis(100),
                                Duration.ofMinutes(30),
                                Duration.ZERO,
                                5000,
                                Duration.ofMinutes(30)),
                        engine::get,
                        meters,
                        Traces.off(),
                        Clock.systemUTC());
    }

    /** Quick tries soon after one another, a short lease. */
    static NotificationSettings settings(UnsentOpened unsentOpened) {
        return settings(unsentOpened, Map.of());
    }

    static NotificationSettings settings(
            UnsentOpened unsentOpened, Map<String, NotificationSettings.Rate> rates) {
        return new NotificationSettings(
                List.of("127.0.0.0/8"),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                8,
                2,
                Duration.ofMillis(50),
                16384,
                new NotificationSettings.Retry(
                        3,
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(400),
                        Duration.ofSeconds(1),
                        Duration.ofHours(24)),
                unsentOpened,
                ZoneId.of("Asia/Seoul"),
                Language.KO,
                new NotificationSettings.BreakerLimits(
                        5, Duration.ofMinutes(1), Duration.ofMillis(500)),
                rates,
                100);
    }

    void start() {
        running =
                Flux.merge(
                                alerting.consumer().run(Mono.never()).then(),
                                alerting.pipeline().run(Mono.never()).then())
                        .subscribe();
    }

    /** The monitor looks at itself, too. */
    void startWithWatchdog() {
        start();
        Disposable sending = running;
        Disposable watching = alerting.watchdog().run(Mono.never()).subscribe();
        running =
                () -> {
                    sending.dispose();
                    watching.dispose();
                };
    }

    void stop() {
        running.dispose();
    }

    /** Handles what is in the log, without sending. */
    int consume() {
        return get(alerting.consumer().batch());
    }

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

    Recipient recipient(
            String id, RecipientRole role, List<String> theirs, RecipientChannel... channels) {
        boolean vendor = role == RecipientRole.CAMERA_VENDOR;
        return get(
                alerting.recipients()
                        .create(
                                new Recipient(
                                        id,
                                        id,
                                        role,
                                        Language.KO,
                                        vendor ? List.of() : theirs,
                                        vendor ? theirs : List.of(),
                                        List.of(),
                                        List.of(channels),
                                        true,
                                        0)));
    }

    void recipientChannels(String id, RecipientChannel... channels) {
        Recipient before = get(alerting.recipients().find(id));
        get(
                alerting.recipients()
                        .update(
                                new Recipient(
                                        id,
                                        id,
                                        before.role(),
                                        before.language(),
                                        before.lines(),
                                        before.vendors(),
                                        before.districts(),
                                        List.of(channels),
                                        true,
                                        0),
                                java.util.OptionalLong.empty()));
    }

    RecipientChannel webhook(String path) {
        return new RecipientChannel.Webhook(receiver.url(path), new Secret(SECRET));
    }

    /** The camera was in {@code from} before; the log takes no other. */
    void turns(String camera, Verdict from, Verdict to) {
        Instant now = Instant.now();
        get(
                database.client()
                        .sql(
                                "insert into camera_status (camera_id, verdict, reason, since, seq)"
                                        + " values (:id, :verdict, 'OK', now(), 0) on conflict"
                                        + " (camera_id) do update set verdict = excluded.verdict")
                        .bind("id", camera)
                        .bind("verdict", from.name())
                        .fetch()
                        .rowsUpdated());
        IcmpResult icmp =
                to == Verdict.HEALTHY
                        ? new IcmpResult(IcmpStatus.SUCCESS, "OK", 4, 4, 1.0, 2.0, 3.0, now)
                        : new IcmpResult(
                                IcmpStatus.TIMEOUT, "TIMEOUT", 4, 0, null, null, null, now);
        HlsReason reason = to == Verdict.HEALTHY ? HlsReason.OK : HlsReason.CONNECT_TIMEOUT;
        HlsResult hls =
                new HlsResult(
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
        get(
                transitions.append(
                        List.of(
                                new StatusTransition(
                                        0,
                                        new CameraId(camera),
                                        from,
                                        to,
                                        "ICMP_TIMEOUT",
                                        new Evidence(icmp, hls),
                                        now))));
    }

    List<Notification> notifications() {
        return get(alerting.notificationDesk()
                        .search(
                                new NotificationQuery(
                                        null, null, null, null, null, false, 1000, null)))
                .items();
    }

    List<cctvout.issue.Issue> issues() {
        return get(alerting.issueDesk().search(new IssueQuery(null, null, null, 1000, null)))
                .items();
    }

    /** Looks again and again until the notifications are so. */
    List<Notification> until(Predicate<List<Notification>> wanted) {
        return get(seen(Duration.ofMillis(20), wanted), SOON);
    }

    /** The same where much is to be done until then. */
    List<Notification> untilSlowly(Predicate<List<Notification>> wanted) {
        return get(seen(Duration.ofMillis(200), wanted), SOON.multipliedBy(6));
    }

    private Mono<List<Notification>> seen(Duration every, Predicate<List<Notification>> wanted) {
        return Flux.interval(every)
                .onBackpressureDrop()
                .concatMap(
                        _ ->
                                alerting.notificationDesk()
                                        .search(
                                                new NotificationQuery(
                                                        null, null, null, null, null, false, 1000,
                                                        null)))
                .map(cctvout.notification.Notices.Page::items)
                .filter(wanted)
                .next();
    }

    long count(String what) {
        return get(counted(what));
    }

    Mono<Long> counted(String what) {
        return database.client()
                .sql("select count(*) as n from " + what)
                .map(row -> java.util.Objects.requireNonNull(row.get("n", Long.class)))
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
        return java.util.Objects.requireNonNull(result.get());
    }

    @Override
    public void close() {
        stop();
        receiver.close();
        hosts.close();
        embedded.close();
    }
}
