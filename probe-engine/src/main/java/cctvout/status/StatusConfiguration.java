package cctvout.status;

import cctvout.log.PostgresEventLog;
import cctvout.store.Database;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class StatusConfiguration {

    @Bean
    TransitionLog transitionLog(Database database, PostgresEventLog events) {
        return new PostgresTransitionLog(database, events);
    }
}
