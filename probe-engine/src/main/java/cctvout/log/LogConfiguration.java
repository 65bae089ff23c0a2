package cctvout.log;

import cctvout.store.Database;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class LogConfiguration {

    @Bean
    PostgresEventLog eventLog(Database database) {
        return new PostgresEventLog(database);
    }
}
