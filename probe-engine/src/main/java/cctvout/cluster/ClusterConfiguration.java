package cctvout.cluster;

import cctvout.log.PostgresEventLog;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.store.Database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClusterSettings.class)
class ClusterConfiguration {

    @Bean
    StaleWrites staleWrites(MeterRegistry meters) {
        return new StaleWrites(meters);
    }

    @Bean
    @ConditionalOnRole(Role.PROBE)
    ShardKeeper shardKeeper(
            Database database,
            PostgresEventLog events,
            ClusterSettings settings,
            MeterRegistry meters) {
        ShardKeeper keeper = ShardKeeper.of(database, events, settings);
        Gauge.builder("cctvout.cluster.shards", keeper, ShardKeeper::owned)
                .description("of 256 that this process probes")
                .register(meters);
        return keeper;
    }

    @Bean
    @ConditionalOnRole(Role.PROBE)
    ShardLifecycle shardLifecycle(
            Database database,
            ShardKeeper keeper,
            ClusterSettings settings,
            ObjectProvider<ShardGroup> groups) {
        ShardGroup group = groups.getIfAvailable();
        return new ShardLifecycle(
                keeper, group != null ? group : new StandbyShards(database, keeper, settings));
    }
}
