package cctvout.watchdog;

import cctvout.engine.ProbeEngine;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.store.Database;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Clock;

@Configuration(proxyBeanMethods = false)
class WatchdogConfiguration {

    @Bean
    @ConditionalOnRole(Role.PROBE)
    EngineReporterLifecycle engineReporterLifecycle(
            Database database, ProbeEngine engine, WatchdogSettings settings) {
        return new EngineReporterLifecycle(
                EngineReporter.create(database, engine::status, settings, Clock.systemUTC()));
    }
}
