package cctvout.simulator;

import cctvout.camera.CameraRegistry;
import cctvout.icmp.IcmpProber;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;

import java.time.Clock;
import java.time.Duration;

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
    static BeanPostProcessor cutLines(ObjectProvider<FaultBoard> board, Environment environment) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof IcmpProber real
                        ? new CutLines(
                                real, board::getObject, train(environment), Clock.systemUTC())
                        : bean;
            }
        };
    }

    private static CutLines.EchoTrain train(Environment environment) {
        Binder binder = Binder.get(environment);
        return new CutLines.EchoTrain(
                binder.bind("cctvout.probe.icmp.count", Integer.class).orElse(4),
                binder.bind("cctvout.probe.icmp.spacing", Duration.class)
                        .orElse(Duration.ofMillis(250)),
                binder.bind("cctvout.probe.icmp.timeout", Duration.class)
                        .orElse(Duration.ofSeconds(1)));
    }
}
