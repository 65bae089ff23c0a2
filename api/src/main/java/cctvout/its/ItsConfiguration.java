package cctvout.its;

import cctvout.camera.CameraCheck;
import cctvout.camera.CameraRegistry;
import cctvout.network.AllowedNetworks;
import cctvout.network.CheckedAddresses;
import cctvout.network.DocumentFetch;
import cctvout.network.HostResolver;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.security.AuditLog;
import cctvout.store.Database;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

@Configuration(proxyBeanMethods = false)
@ConditionalOnRole(Role.API)
@ConditionalOnProperty("cctvout.its.url")
@EnableConfigurationProperties(ItsSettings.class)
class ItsConfiguration {

    private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

    @Bean
    ItsRecords itsRecords(Database database, ItsSettings settings) {
        return new ItsRecords(database, url(settings).getHost());
    }

    /** The list is fetched from where cameras may be. */
    @Bean
    ItsWatch itsHealthIndicator(
            ItsSettings settings,
            ItsRecords records,
            CameraRegistry registry,
            HostResolver hosts,
            AllowedNetworks networks,
            AuditLog audit,
            JsonMapper json) {
        var addresses = new CheckedAddresses(hosts, networks, "cctvout.probe.allowed-networks");
        var limits =
                new DocumentFetch.Limits(
                        settings.deadline(),
                        (int) settings.maxBytes().toBytes(),
                        "cctvout.its.deadline",
                        "cctvout.its.max-bytes");
        var source =
                new ItsSource(
                        settings,
                        url(settings),
                        new DocumentFetch(addresses, limits),
                        json,
                        registry,
                        new CameraCheck(networks),
                        records,
                        changes -> audit.source(ItsStatus.NAME, url(settings).getHost(), changes));
        Duration look =
                settings.retry().compareTo(LONGEST_LOOK) < 0 ? settings.retry() : LONGEST_LOOK;
        return new ItsWatch(source, look);
    }

    private static URI url(ItsSettings settings) {
        return Objects.requireNonNull(settings.url());
    }
}
