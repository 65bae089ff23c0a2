package cctvout.security;

import cctvout.network.AllowedNetworks;
import cctvout.network.CheckedAddresses;
import cctvout.network.DocumentFetch;
import cctvout.network.HostResolver;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.util.Objects;

/** Trust in an identity provider, where one is named. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("cctvout.security.oidc.issuer")
@EnableConfigurationProperties(OidcSettings.class)
class OidcConfiguration {

    /** The issuer is the operator's own choice: it may be anywhere. */
    // not a candidate: password logins are what Spring Security finds by type
    @Bean(defaultCandidate = false)
    JwtAuthentication jwtAuthentication(
            OidcSettings settings, HostResolver hosts, JsonMapper json) {
        var limits =
                new DocumentFetch.Limits(
                        settings.deadline(),
                        (int) settings.maxDocument().toBytes(),
                        "cctvout.security.oidc.deadline",
                        "cctvout.security.oidc.max-document");
        var anywhere =
                new CheckedAddresses(hosts, AllowedNetworks.everywhere(), "multicast is never");
        var keys =
                new IssuerKeys(
                        settings,
                        Objects.requireNonNull(settings.issuer()),
                        new DocumentFetch(anywhere, limits),
                        json,
                        Clock.systemUTC());
        return new JwtAuthentication(settings, keys, Clock.systemUTC());
    }
}
