package cctvout.icmp;

import cctvout.network.AllowedNetworks;
import cctvout.network.HostResolver;
import cctvout.store.StoredClock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(IcmpSettings.class)
class IcmpConfiguration {

    private static final Logger log = LoggerFactory.getLogger(IcmpConfiguration.class);

    /** Open as long as the bean lives: those who probe stop before it closes. */
    @Bean(destroyMethod = "close")
    NettyIcmpProber icmpProber(
            IcmpSettings settings, HostResolver resolver, AllowedNetworks networks) {
        NettyIcmpProber prober =
                NettyIcmpProber.open(settings, resolver, networks, StoredClock.UTC);
        if (prober.mode() == IcmpProber.Mode.UNAVAILABLE) {
            log.warn(prober.explanation());
        } else {
            log.info("ICMP: {}", prober.explanation());
        }
        return prober;
    }
}
