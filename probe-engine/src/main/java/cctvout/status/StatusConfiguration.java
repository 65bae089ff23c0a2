package cctvout.status;

import cctvout.cluster.StaleWrites;
import cctvout.log.PostgresEventLog;
import cctvout.store.Database;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StatusConfiguration {

    @Bean
    TransitionLog transitionLog(Database database, PostgresEventLog events, StaleWrites stale) {
        return new PostgresTransitionLog(database, events, stale);
    }
}
