package cctvout.alerting;

import cctvout.cluster.ClusterSettings;
import cctvout.engine.EngineSettings;
import cctvout.engine.EngineStatus;
import cctvout.engine.ProbeEngine;
import cctvout.history.PlannedWork;
import cctvout.lifecycle.UntilStopped;
import cctvout.log.EventLog;
import cctvout.network.HostResolver;
import cctvout.notification.ChannelSettings;
import cctvout.notification.Inbox;
import cctvout.notification.NoticePreview;
import cctvout.notification.NotificationDesk;
import cctvout.notification.NotificationSettings;
import cctvout.outage.OutageSettings;
import cctvout.outage.Outages;
import cctvout.policy.PolicyDesk;
import cctvout.recipient.Recipients;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.status.TransitionLog;
import cctvout.store.Database;
import cctvout.store.StoredClock;
import cctvout.template.Templates;
import cctvout.trace.Traces;
import cctvout.watchdog.WatchdogSettings;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The services are there in every role; the reader and the sender run in one alone. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    AlertingSettings.class,
    OutageSettings.class,
    NotificationSettings.class,
    ChannelSettings.class,
    WatchdogSettings.class
})
class AlertingConfiguration {

    @Bean
    Alerting alerting(
            Database database,
            EventLog events,
            TransitionLog transitions,
            HostResolver hosts,
            AlertingSettings settings,
            OutageSettings outages,
            NotificationSettings notification,
            ChannelSettings channels,
            WatchdogSettings watch,
            EngineSettings probing,
            ClusterSettings cluster,
            ObjectProvider<ProbeEngine> engine,
            ObjectProvider<MeterRegistry> meters,
            ObjectProvider<Traces> traces) {
        return new Alerting(
                database,
                events,
                transitions,
                hosts,
                settings,
                outages,
                notification,
                channels,
                watch.probing(probing.interval()),
                cluster.takeover(),
                () -> {
                    ProbeEngine here = engine.getIfAvailable();
                    return here == null
                            ? EngineStatus.absent("this process does not probe")
                            : here.status();
                },
                meters.getIfAvailable(SimpleMeterRegistry::new),
                traces.getIfAvailable(Traces::off),
                StoredClock.UTC);
    }

    @Bean
    Recipients recipients(Alerting alerting) {
        return alerting.recipients();
    }

    @Bean
    Templates templates(Alerting alerting) {
        return alerting.templates();
    }

    @Bean
    NoticePreview noticePreview(Alerting alerting) {
        return alerting.preview();
    }

    @Bean
    Outages outages(Alerting alerting) {
        return alerting.outages();
    }

    @Bean
    PolicyDesk policyDesk(Alerting alerting) {
        return alerting.policyDesk();
    }

    @Bean
    IssueDesk issueDesk(Alerting alerting) {
        return alerting.issueDesk();
    }

    @Bean
    MaintenanceDesk maintenanceDesk(Alerting alerting) {
        return alerting.maintenanceDesk();
    }

    @Bean
    PlannedWork plannedWork(Alerting alerting) {
        return alerting.plannedWork();
    }

    @Bean
    NotificationDesk notificationDesk(Alerting alerting) {
        return alerting.notificationDesk();
    }

    @Bean
    Inbox inbox(Alerting alerting) {
        return alerting.inbox();
    }

    @Bean
    @ConditionalOnRole(Role.ALERTING)
    UntilStopped alertingLifecycle(Alerting alerting) {
        return alerting.lifecycle();
    }

    @Bean
    @ConditionalOnRole(Role.PROBE)
    VerifierLifecycle verifierLifecycle(Alerting alerting, ProbeEngine engine) {
        return new VerifierLifecycle(alerting.verifier(), engine);
    }
}
