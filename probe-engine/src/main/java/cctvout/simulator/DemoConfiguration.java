package cctvout.simulator;

import cctvout.camera.CameraRegistry;
import cctvout.icmp.IcmpProber;
import cctvout.icmp.IcmpSettings;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

import java.time.Clock;

@Configuration(proxyBeanMethods = false)
@Profile("demo")
@EnableConfigurationProperties(DemoSettings.class)
class DemoConfiguration {

    @Bean
    FleetOptions demoFleet(DemoSettings settings) {
        return FleetOptions.of(DemoCity.fleet(), settings.port())
                .playing(DemoScenario.of(settings.seed()))
                .inSegmentsOf(settings.targetDuration());
    }

    @Bean
    FaultBoard demoFaults(FleetOptions demoFleet) {
        return new FaultBoard(demoFleet.fleet(), demoFleet.scenario(), demoFleet.clock());
    }

    @Bean
    DemoRunner demoRunner(FleetOptions demoFleet, FaultBoard demoFaults, CameraRegistry registry) {
        return new DemoRunner(demoFleet, demoFaults, registry);
    }

    /** Whoever pings, pings the simulated city's lines. */
    @Bean
    static BeanPostProcessor cutLines(
            ObjectProvider<FaultBoard> board, ObjectProvider<IcmpSettings> settings) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof IcmpProber real
                        ? new CutLines(
                                real, board::getObject, settings.getObject(), Clock.systemUTC())
                        : bean;
            }
        };
    }
}
