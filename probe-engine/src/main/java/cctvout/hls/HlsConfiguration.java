package cctvout.hls;

import cctvout.network.AllowedNetworks;
import cctvout.network.HostResolver;
import cctvout.store.StoredClock;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HlsSettings.class)
class HlsConfiguration {

    @Bean
    HlsProber hlsProber(
            HlsSettings settings,
            HostResolver resolver,
            AllowedNetworks allowed,
            ObjectProvider<Clock> clock) {
        return ReactorNettyHlsProber.create(
                settings, resolver, allowed, clock.getIfAvailable(() -> StoredClock.UTC), steady());
    }

    /** From what the system's clock shows now, by the time that passes. */
    private static InstantSource steady() {
        Instant start = Instant.now();
        long begun = System.nanoTime();
        return () -> start.plusNanos(System.nanoTime() - begun);
    }
}
