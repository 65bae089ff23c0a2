package cctvout.network;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({NetworkSettings.class, DnsSettings.class})
class NetworkConfiguration {

    /** What cameras are held to; notification channels have a list of their own. */
    @Bean
    @Primary
    AllowedNetworks probeNetworks(NetworkSettings settings) {
        return AllowedNetworks.of(settings.allowedNetworks());
    }

    @Bean(destroyMethod = "close")
    DnsHostResolver hostResolver(DnsSettings settings) {
        return DnsHostResolver.open(settings);
    }
}
