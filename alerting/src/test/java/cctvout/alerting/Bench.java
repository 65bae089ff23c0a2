package cctvout.alerting;

import cctvout.engine.EngineStatus;
import cctvout.issue.Issue;
import cctvout.issue.IssueQuery;
import cctvout.network.DnsHostResolver;
import cctvout.network.DnsSettings;
import cctvout.notification.Notices;
import cctvout.notification.Notification;
import cctvout.notification.NotificationQuery;
import cctvout.outage.Outage;
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
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** Alerting on a real database, with a real receiver, and the cameras that it needs. */
final class Bench extends Town {

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
        this(BenchSettings.USUAL);
    }

    Bench(BenchSettings settings) {
        alerting =
                new Alerting(
                        database,
                        events,
                        transitions,
                        hosts,
                        new AlertingSettings(
                                false,
                                200,
                                Duration.ofMillis(100),
                                settings.verifyWithin(),
                                settings.flaps()),
                        settings.outages(),
                        settings.notification(),
                        settings.channels(),
                        new WatchdogSettings(
                                Duration.ofMillis(100),
                                LONG,
                                Duration.ZERO,
                                5000,
                                LONG,
                                settings.gone()),
                        LONG,
                        engine::get,
                        meters,
                        Traces.off(),
                        Clock.systemUTC());
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
