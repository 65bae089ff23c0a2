package cctvout.kafka;

import cctvout.cluster.ClusterSettings;
import cctvout.cluster.ShardGroup;
import cctvout.cluster.ShardKeeper;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** Where a broker is named, its group divides the cameras among all processes that probe. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.PROBE)
@Conditional(OnKafkaCondition.class)
@EnableConfigurationProperties(KafkaSettings.class)
class ShardGroupConfiguration {

    @Bean
    ShardGroup kafkaShardGroup(KafkaSettings kafka, ClusterSettings cluster, ShardKeeper keeper) {
        return new KafkaShardGroup(kafka, cluster, keeper);
    }
}
