package cctvout.kafka;

import cctvout.camera.PostgresCameraRegistry;
import cctvout.lifecycle.UntilStopped;
import cctvout.log.EventLog;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.store.Database;

import io.micrometer.core.instrument.MeterRegistry;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.InstantSource;
import java.util.List;

/**
 * Nothing of it exists where no broker is named. With the alerting role: like notices it tells the
 * world outside, from one process while others stand by, and API nodes come and go with the load.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.ALERTING)
@Conditional(OnKafkaCondition.class)
@EnableConfigurationProperties(KafkaSettings.class)
class KafkaConfiguration {

    private final InstantSource clock = Clock.systemUTC();

    @Bean
    PublishingState kafkaPublishingState(MeterRegistry meters) {
        return new PublishingState(meters, clock);
    }

    @Bean
    PublishingHealth kafkaHealthIndicator(PublishingState state) {
        return new PublishingHealth(state);
    }

    /**
     * @throws org.apache.kafka.common.config.ConfigException where a property of Kafka's client is
     *     not as it may be: at start, and not each time it is tried
     */
    @Bean
    UntilStopped kafkaPublishing(
            Database database,
            EventLog log,
            PostgresCameraRegistry cameras,
            JsonMapper json,
            KafkaSettings settings,
            PublishingState state) {
        new ProducerConfig(settings.producer());
        List<Feed> feeds = List.of(new LogFeed(log), new CameraFeed(cameras, json, clock));
        var publishing =
                Publishing.of(
                        database,
                        feeds,
                        () -> new ReactorKafkaPublisher(settings),
                        settings,
                        state);
        return new UntilStopped("publishing to Kafka", settings.stopPatience(), publishing::run);
    }
}
