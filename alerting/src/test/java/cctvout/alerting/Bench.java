package cctvout.alerting;

import cctvout.engine.EngineStatus;
import cctvout.issue.Issue;
import cctvout.issue.IssueQuery;
import cctvout.network.DnsHostResolver;
import cctvout.network.DnsSettings;
import cctvout.notification.ChannelSettings;
import cctvout.notification.Notices;
import cctvout.notification.Notification;
import cctvout.notification.NotificationQuery;
import cctvout.notification.NotificationSettings;
import cctvout.notification.UnsentOpened;
import cctvout.outage.Outage;
import cctvout.outage.OutageSettings;
import cctvout.recipient.Language;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.recipient.RecipientRole;
import cctvout.recipient.Secret;
import cctvout.trace.Traces;
import cctvout.watchdog.WatchdogSettings;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Alerting on a real database, with a real receiver, and the cameras that it needs. */
final class Bench extends Town {

    /** Every fault is told singly. */
    private static final OutageSettings OUTAGES = outagesOf(10_000);

    /** Without the wait for others: what is told alone is told at once. */
    static OutageSettings outagesOf(int cameras) {
        return new OutageSettings(
                cameras, Duration.ofMinutes(1), Duration.ZERO, Duration.ofMinutes(1), 2);
    }

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final Duration LONG = Duration.ofMinutes(30);

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
                FlapSettings.NEVER,
                LONG);
    }

    /** Where cameras that nobody probes are told of when nobody has for so long. */
    static Bench missing(Duration gone) {
        return new Bench(
                settings(UnsentOpened.MERGE),
                ChannelSettings.NONE,
                OUTAGES,
                Duration.ZERO,
                FlapSettings.NEVER,
                gone);
    }

    static Bench flapping(FlapSettings flaps) {
        return flapping(flaps, OUTAGES);
    }

    static Bench flapping(FlapSettings flaps, OutageSettings outages) {
        return new Bench(
                settings(UnsentOpened.MERGE),
                ChannelSettings.NONE,
                outages,
                Duration.ZERO,
                flaps,
                LONG);
    }

    private Bench(
            NotificationSettings notification, ChannelSettings channels, OutageSettings outages) {
        this(notification, channels, outages, Duration.ZERO, FlapSettings.NEVER, LONG);
    }

    private Bench(
            NotificationSettings notification,
            ChannelSettings channels,
            OutageSettings outages,
            Duration verifyWithin,
            FlapSettings flaps,
            Duration gone) {
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
                                Duration.ofMillis(100), LONG, Duration.ZERO, 5000, LONG, gone),
                        LONG,
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
                100,
                null);
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
                                OptionalLong.empty()));
    }

    RecipientChannel webhook(String path) {
        return new RecipientChannel.Webhook(receiver.url(path), new Secret(SECRET));
    }

    List<Notification> notifications() {
        return get(alerting.notificationDesk()
                        .search(
                                new NotificationQuery(
                                        null, null, null, null, null, false, 1000, null)))
                .items();
    }

    /** Newest first. */
    List<Outage> outages() {
        return get(alerting.outages().list(1000, null)).items();
    }

    /** Newest first. */
    List<Issue> issues() {
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
                .map(Notices.Page::items)
                .filter(wanted)
                .next();
    }

    @Override
    public void close() {
        stop();
        receiver.close();
        hosts.close();
        super.close();
    }
}
