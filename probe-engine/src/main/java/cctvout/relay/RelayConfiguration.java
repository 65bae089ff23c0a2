package cctvout.relay;

import cctvout.cluster.ShardKeeper;
import cctvout.engine.ProbeEngine;
import cctvout.lifecycle.UntilStopped;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.store.Database;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import reactor.core.publisher.Flux;

import java.time.Duration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RelaySettings.class)
class RelayConfiguration {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Bean
    @ConditionalOnRole(Role.API)
    FarChecks farChecks(Database database, RelaySettings settings) {
        return new FarChecks(database, settings);
    }

    @Bean
    @ConditionalOnRole(Role.API)
    FarResults farResults(Database database, ObjectProvider<ShardKeeper> keeper) {
        ShardKeeper own = keeper.getIfAvailable();
        return new FarResults(database, own == null ? "" : own.node());
    }

    @Bean
    @ConditionalOnRole(Role.PROBE)
    UntilStopped relaying(
            Database database, ProbeEngine engine, ShardKeeper keeper, RelaySettings settings) {
        var checks = new AskedChecks(database, engine, keeper.node(), settings);
        var results = new ResultRelay(database, engine, keeper.node(), settings);
        return new UntilStopped(
                "relay to other processes",
                PATIENCE,
                stopping ->
                        Flux.merge(checks.run(), results.run()).takeUntilOther(stopping.signal()));
    }
}
