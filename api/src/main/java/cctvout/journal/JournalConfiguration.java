package cctvout.journal;

import cctvout.log.EventLog;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.ALERTING)
@EnableConfigurationProperties(JournalSettings.class)
class JournalConfiguration {

    @Bean
    @ConditionalOnProperty("cctvout.journal.enabled")
    Journal journal(EventLog log, JsonMapper json) {
        return new Journal(log, json);
    }
}
