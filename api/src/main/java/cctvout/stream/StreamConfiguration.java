package cctvout.stream;

import cctvout.camera.CameraRegistry;
import cctvout.engine.ProbeEngine;
import cctvout.log.EventLog;
import cctvout.relay.FarResults;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import reactor.core.publisher.Mono;

import tools.jackson.databind.json.JsonMapper;

@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.API)
@EnableConfigurationProperties(StreamSettings.class)
class StreamConfiguration {

    @Bean
    StreamHub streamHub(
            EventLog log,
            CameraRegistry cameras,
            ObjectProvider<ProbeEngine> engine,
            FarResults far,
            ObjectProvider<SummarySource> summary,
            JsonMapper json,
            StreamSettings settings,
            MeterRegistry meters) {
        return new StreamHub(
                log,
                cameras,
                engine.getIfAvailable(),
                far,
                summary.getIfAvailable(() -> Mono::empty),
                json,
                settings,
                new StreamMetrics(meters));
    }
}
