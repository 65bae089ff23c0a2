package cctvout.cluster;

import cctvout.lifecycle.Stopping;
import cctvout.lifecycle.UntilStopped;
import cctvout.log.PostgresEventLog;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.store.Database;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Duration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClusterSettings.class)
class ClusterConfiguration {

    /** Stopped after both: others take the cameras when all that was found of them is written. */
    private static final int BEFORE_HISTORY_AND_ENGINE = SmartLifecycle.DEFAULT_PHASE - 150;

    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

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
    UntilStopped sharing(
            Database database,
            ShardKeeper keeper,
            ClusterSettings settings,
            ObjectProvider<ShardGroup> groups) {
        ShardGroup group =
                groups.getIfAvailable(() -> new StandbyShards(database, keeper, settings));
        return new UntilStopped(
                "sharing of cameras",
                BEFORE_HISTORY_AND_ENGINE,
                STOP_WITHIN,
                stopping -> sharing(keeper, group, stopping));
    }

    /** Until it is stopping: then lets go of all, and leaves. */
    private static Flux<Void> sharing(ShardKeeper keeper, ShardGroup group, Stopping stopping) {
        Mono<Void> gone = Mono.defer(() -> keeper.letGo().then(group.leave()));
        return Flux.merge(
                keeper.run().takeUntilOther(stopping.signal()),
                group.run().takeUntilOther(stopping.signal().then(gone)));
    }
}
