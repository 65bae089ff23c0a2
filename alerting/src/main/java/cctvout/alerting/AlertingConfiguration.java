package cctvout.alerting;

import cctvout.log.EventLog;
import cctvout.network.HostResolver;
import cctvout.notification.ChannelSettings;
import cctvout.notification.Inbox;
import cctvout.notification.NotificationDesk;
import cctvout.notification.NotificationSettings;
import cctvout.recipient.Recipients;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.status.TransitionLog;
import cctvout.store.Database;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Clock;

/** The services are there in every role; the reader and the sender run in one alone. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    AlertingSettings.class,
    NotificationSettings.class,
    ChannelSettings.class
})
class AlertingConfiguration {

    @Bean
    Alerting alerting(
            Database database,
            EventLog events,
            TransitionLog transitions,
            HostResolver hosts,
            AlertingSettings settings,
            NotificationSettings notification,
            ChannelSettings channels,
            ObjectProvider<MeterRegistry> meters) {
        return new Alerting(
                database,
                events,
                transitions,
                hosts,
                settings,
                notification,
                channels,
                meters.getIfAvailable(SimpleMeterRegistry::new),
                Clock.systemUTC());
    }

    @Bean
    Recipients recipients(Alerting alerting) {
        return alerting.recipients();
    }

    @Bean
    IssueDesk issueDesk(Alerting alerting) {
        return alerting.issueDesk();
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
    AlertingLifecycle alertingLifecycle(Alerting alerting) {
        return alerting.lifecycle();
    }
}
