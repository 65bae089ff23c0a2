package cctvout.health;

import cctvout.lifecycle.LivingPart;
import cctvout.store.Database;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpResources;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HealthSettings.class)
class HealthConfiguration {

    /** Exit code of a process that ended itself; as {@code EX_SOFTWARE} of sysexits.h. */
    private static final int STUCK = 70;

    /** Its name is that of its part of {@code /actuator/health}. */
    @Bean
    DatabaseWatch databaseHealthIndicator(
            Database database, MeterRegistry meters, HealthSettings settings) {
        return new DatabaseWatch(database, meters, settings, Clock.systemUTC());
    }

    /** Liveness includes it by this name. */
    @Bean
    LifeWatch lifeHealthIndicator(
            ObjectProvider<LivingPart> parts, MeterRegistry meters, HealthSettings settings) {
        return new LifeWatch(
                () -> all(parts),
                meters,
                settings,
                () -> Runtime.getRuntime().halt(STUCK),
                Schedulers.newSingle("life-watch", true));
    }

    /** The loops of the web server, and those of database, probes and notices. */
    private static List<LivingPart> all(ObjectProvider<LivingPart> parts) {
        List<LivingPart> all = new ArrayList<>(parts.stream().toList());
        boolean fast = LoopResources.DEFAULT_NATIVE;
        all.addAll(EventLoopPart.of(HttpResources.get().onServer(fast), "event loop of HTTP"));
        all.addAll(EventLoopPart.of(TcpResources.get().onServer(fast), "event loop of TCP"));
        return all;
    }
}
