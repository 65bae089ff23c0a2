package cctvout.engine;

import cctvout.camera.CameraRegistry;
import cctvout.cluster.Shards;
import cctvout.history.ProbeHistory;
import cctvout.hls.HlsProber;
import cctvout.icmp.IcmpProber;
import cctvout.network.AllowedNetworks;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.status.TransitionLog;
import cctvout.trace.Traces;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import reactor.core.scheduler.Schedulers;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EngineSettings.class)
class EngineConfiguration {

    @Bean
    @ConditionalOnRole(Role.PROBE)
    ReactiveProbeEngine probeEngine(
            EngineSettings settings,
            Shards shards,
            CameraRegistry registry,
            TransitionLog transitions,
            ProbeHistory history,
            IcmpProber icmp,
            HlsProber hls,
            AllowedNetworks networks,
            MeterRegistry meters,
            ObjectProvider<Traces> traces) {
        Canaries.refuseForbidden(settings.canaries(), networks);
        return new ReactiveProbeEngine(
                settings,
                shards,
                registry,
                transitions,
                history,
                icmp,
                hls,
                new EngineMeters(meters, traces.getIfAvailable(Traces::off)),
                EngineClock.system(),
                Schedulers.newSingle("probe-loop"));
    }
}
