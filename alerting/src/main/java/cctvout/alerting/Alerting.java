package cctvout.alerting;

import cctvout.engine.EngineStatus;
import cctvout.history.PlannedWork;
import cctvout.issue.IssueRules;
import cctvout.issue.Issues;
import cctvout.issue.PostgresIssues;
import cctvout.issue.RecentFaults;
import cctvout.lifecycle.UntilStopped;
import cctvout.log.EventLog;
import cctvout.maintenance.MaintenanceWindows;
import cctvout.maintenance.PlannedMaintenance;
import cctvout.maintenance.PostgresMaintenance;
import cctvout.network.HostResolver;
import cctvout.notification.ChannelSettings;
import cctvout.notification.FollowUpNotices;
import cctvout.notification.Inbox;
import cctvout.notification.NoticePreview;
import cctvout.notification.NoticeText;
import cctvout.notification.Notices;
import cctvout.notification.NotificationDesk;
import cctvout.notification.NotificationPipeline;
import cctvout.notification.NotificationSettings;
import cctvout.notification.Obligations;
import cctvout.notification.OutageObligations;
import cctvout.notification.PageLinks;
import cctvout.notification.PostgresNotices;
import cctvout.outage.OutageSettings;
import cctvout.outage.Outages;
import cctvout.outage.PostgresOutages;
import cctvout.policy.PolicyDesk;
import cctvout.policy.PolicyRules;
import cctvout.policy.PolicyStore;
import cctvout.policy.PostgresPolicyStore;
import cctvout.recipient.PostgresRecipients;
import cctvout.recipient.RecipientRules;
import cctvout.recipient.Recipients;
import cctvout.rows.NewId;
import cctvout.status.TransitionLog;
import cctvout.store.Database;
import cctvout.template.PostgresTemplates;
import cctvout.template.Templates;
import cctvout.template.Words;
import cctvout.trace.Traces;
import cctvout.watchdog.UnprobedCameras;
import cctvout.watchdog.Watchdog;
import cctvout.watchdog.WatchdogSettings;

import io.micrometer.core.instrument.MeterRegistry;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The whole of alerting, put together; the container shows its parts as beans, tests use it as it
 * is.
 */
public final class Alerting {

    private final Templates templates;
    private final NoticePreview preview;
    private final Recipients recipients;
    private final Outages outages;
    private final PolicyDesk policyDesk;
    private final IssueDesk issueDesk;
    private final MaintenanceDesk maintenanceDesk;
    private final PlannedWork plannedWork;
    private final NotificationDesk notificationDesk;
    private final Inbox inbox;
    private final NotificationPipeline pipeline;
    private final AlertingConsumer consumer;
    private final AlertingMetrics metrics;
    private final Watchdog watchdog;
    private final Verifier verifier;

    /**
     * Reads the notices' templates: it blocks, call it at start.
     *
     * @param takeover within which a dead process's cameras are probed by others
     */
    public Alerting(
            Database database,
            EventLog events,
            TransitionLog transitions,
            HostResolver hosts,
            AlertingSettings settings,
            OutageSettings outageSettings,
            NotificationSettings notification,
            ChannelSettings channels,
            WatchdogSettings watch,
            Duration takeover,
            Supplier<EngineStatus> engine,
            MeterRegistry meters,
            Traces traces,
            InstantSource clock) {
        NewId newId = new NewId(clock);
        outages = new PostgresOutages(database);
        Issues issues = new PostgresIssues(database);
        Notices notices = new PostgresNotices(database);
        recipients =
                new PostgresRecipients(
                        database,
                        new RecipientRules(notification.networks(), channels.missing()),
                        newId);
        PolicyStore policies = new PostgresPolicyStore(database);
        MaintenanceWindows windows = new PostgresMaintenance(database);
        policyDesk =
                new PolicyDesk(
                        database,
                        policies,
                        recipients,
                        windows,
                        new PolicyRules(channels.missing()),
                        settings.degradedOpensIssue(),
                        notification.controlRoomLanguage(),
                        newId,
                        clock);
        Words words = Words.load();
        PageLinks links = notification.links();
        templates = new Templates(new PostgresTemplates(database), words, clock);
        NoticeText text = new NoticeText(words, templates, notification.timeZone(), links);
        preview = new NoticePreview(words, notification.timeZone(), links);
        metrics = new AlertingMetrics(meters, database, issues);
        pipeline =
                NotificationPipeline.create(
                        database,
                        events,
                        notices,
                        recipients,
                        hosts,
                        notification,
                        channels,
                        text,
                        metrics,
                        traces,
                        clock);
        metrics.watch(pipeline);
        PolicyRows policyRows = new PolicyRows(database, policies, settings.degradedOpensIssue());
        RoundTables tables =
                new RoundTables(
                        outages,
                        issues,
                        new RecentFaults(database),
                        notices,
                        recipients,
                        policyRows,
                        windows,
                        new AffectedCameras(database),
                        events,
                        notification.controlRoomLanguage());
        AlertingRounds rounds =
                new AlertingRounds(
                        tables,
                        new IssueRules(settings.degradedOpensIssue()),
                        new Obligations(notification.unsentOpened(), text, newId),
                        outageSettings,
                        new OutageObligations(notification.unsentOpened(), text, newId),
                        settings.flapping(),
                        newId,
                        clock);
        issueDesk =
                new IssueDesk(
                        database,
                        issues,
                        notices,
                        rounds,
                        pipeline,
                        settings.verifyWithin(),
                        clock);
        verifier = new Verifier(database, events, issues, rounds, pipeline, settings.poll(), clock);
        maintenanceDesk =
                new MaintenanceDesk(database, windows, policyRows, pipeline, newId, clock);
        plannedWork = new PlannedMaintenance(windows);
        notificationDesk =
                new NotificationDesk(
                        database,
                        events,
                        notices,
                        recipients,
                        text,
                        newId,
                        notification.controlRoomLanguage(),
                        clock);
        inbox = new Inbox(database, notices, clock);
        DueByPolicy due =
                new DueByPolicy(
                        database,
                        transitions,
                        rounds,
                        new FollowUpRounds(tables),
                        policyRows,
                        new FollowUpNotices(text, newId),
                        clock);
        consumer =
                new AlertingConsumer(
                        database, events, transitions, rounds, pipeline, settings, due, traces);
        watchdog =
                new Watchdog(
                        database,
                        events,
                        notices,
                        recipients,
                        pipeline,
                        hosts,
                        engine,
                        new UnprobedCameras(database, takeover, meters),
                        watch,
                        notification,
                        channels,
                        text,
                        clock);
    }

    public Recipients recipients() {
        return recipients;
    }

    public Templates templates() {
        return templates;
    }

    public NoticePreview preview() {
        return preview;
    }

    public Outages outages() {
        return outages;
    }

    public PolicyDesk policyDesk() {
        return policyDesk;
    }

    public IssueDesk issueDesk() {
        return issueDesk;
    }

    public MaintenanceDesk maintenanceDesk() {
        return maintenanceDesk;
    }

    public PlannedWork plannedWork() {
        return plannedWork;
    }

    public NotificationDesk notificationDesk() {
        return notificationDesk;
    }

    public Inbox inbox() {
        return inbox;
    }

    NotificationPipeline pipeline() {
        return pipeline;
    }

    Watchdog watchdog() {
        return watchdog;
    }

    Verifier verifier() {
        return verifier;
    }

    AlertingConsumer consumer() {
        return consumer;
    }

    UntilStopped lifecycle() {
        var work = new AlertingWork(consumer, pipeline, watchdog, verifier, templates, metrics);
        return new UntilStopped("alerting", AlertingWork.PATIENCE, work::run);
    }
}
