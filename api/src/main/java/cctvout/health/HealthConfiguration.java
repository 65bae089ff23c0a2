package cctvout.health;

import cctvout.store.Database;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Clock;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HealthSettings.class)
class HealthConfiguration {

    /** Its name is that of its part of {@code /actuator/health}. */
    @Bean
    DatabaseWatch databaseHealthIndicator(
            Database database, MeterRegistry meters, HealthSettings settings) {
        return new DatabaseWatch(database, meters, settings, Clock.systemUTC());
    }
}
