package cctvout.kill;

import cctvout.alerting.Alerting;
import cctvout.alerting.AlertingSettings;
import cctvout.alerting.FlapSettings;
import cctvout.engine.EngineStatus;
import cctvout.issue.Issue;
import cctvout.issue.IssuePatch;
import cctvout.issue.IssueStatus;
import cctvout.log.PostgresEventLog;
import cctvout.network.DnsHostResolver;
import cctvout.network.DnsSettings;
import cctvout.notification.ChannelSettings;
import cctvout.notification.NotificationSettings;
import cctvout.outage.OutageSettings;
import cctvout.recipient.Language;
import cctvout.recipient.Recipient;
import cctvout.recipient.RecipientChannel;
import cctvout.recipient.RecipientRole;
import cctvout.recipient.Secret;
import cctvout.status.PostgresTransitionLog;
import cctvout.store.Database;
import cctvout.trace.Traces;
import cctvout.watchdog.WatchdogSettings;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The desks, as a process that serves REST alone has them. */
final class Desks implements AutoCloseable {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private final DnsHostResolver hosts = DnsHostResolver.open(DnsSettings.standard());
    private final Alerting alerting;

    Desks(Database database) {
        PostgresEventLog events = new PostgresEventLog(database);
        alerting =
                new Alerting(
                        database,
                        events,
                        new PostgresTransitionLog(database, events),
                        hosts,
                        new AlertingSettings(
                                false,
                                200,
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(10),
                                FlapSettings.NEVER),
                        OutageSettings.STANDARD,
                        new Binder(
                                        new MapConfigurationPropertySource(
                                                Map.of(
                                                        "cctvout.notification.allowed-networks",
                                                        "127.0.0.0/8")))
                                .bindOrCreate("cctvout.notification", NotificationSettings.class),
                        ChannelSettings.NONE,
                        new WatchdogSettings(
                                Duration.ofSeconds(1),
                                Duration.ofHours(1),
                                Duration.ofHours(1),
                                5000,
                                Duration.ofHours(1),
                                Duration.ofHours(1)),
                        Duration.ofHours(1),
                        () -> EngineStatus.absent("another process probes"),
                        new SimpleMeterRegistry(),
                        Traces.off(),
                        Clock.systemUTC());
    }

    Mono<Recipient> recipient(String id, RecipientRole role, String webhook) {
        return alerting.recipients()
                .create(
                        new Recipient(
                                id,
                                id,
                                role,
                                Language.EN,
                                List.of(),
                                List.of(),
                                List.of(),
                                List.of(new RecipientChannel.Webhook(webhook, new Secret(SECRET))),
                                true,
                                0));
    }

    /** A person says how far the work on the issue is. */
    Mono<Issue> says(String issue, IssueStatus status) {
        return alerting.issueDesk().patch(issue, new IssuePatch(status, null, null, null), "kim");
    }

    @Override
    public void close() {
        hosts.close();
    }
}
