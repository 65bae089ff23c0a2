package cctvout.history;

import cctvout.cluster.StaleWrites;
import cctvout.store.Database;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HistorySettings.class)
class HistoryConfiguration {

    @Bean
    PostgresProbeHistory probeHistory(
            Database database,
            HistorySettings settings,
            PostgresHours hours,
            StaleWrites stale,
            MeterRegistry meters) {
        return new PostgresProbeHistory(database, settings, hours, stale, meters);
    }

    @Bean
    PostgresHours hourlyHistory(Database database, HistorySettings settings) {
        return new PostgresHours(database, settings);
    }

    @Bean
    VerdictHistory verdictHistory(Database database) {
        return new PostgresVerdictHistory(database);
    }
}
