package cctvout.watchdog;

import cctvout.engine.ProbeEngine;
import cctvout.lifecycle.UntilStopped;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.store.Database;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Clock;
import java.time.Duration;

@Configuration(proxyBeanMethods = false)
class WatchdogConfiguration {

    private static final Duration REPORTING_PATIENCE = Duration.ofSeconds(3);

    @Bean
    @ConditionalOnRole(Role.PROBE)
    UntilStopped engineReporting(Database database, ProbeEngine engine, WatchdogSettings settings) {
        var reporter = EngineReporter.create(database, engine::status, settings, Clock.systemUTC());
        return new UntilStopped(
                "reporting of the engine",
                REPORTING_PATIENCE,
                stopping -> reporter.run(stopping.signal()));
    }
}
