package cctvout.network;

import cctvout.settings.Limits;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.time.Duration;

/**
 * How names are looked up.
 *
 * @param queryTimeout one query to one name server, 10 ms to 1 min
 * @param timeout the whole lookup, with its repeats and all name servers, 10 ms to 5 min
 * @param cacheSize names kept, 1 to 1,000,000; past it the one unused for longest goes
 * @param maxTtl a name is asked for again after this at the latest, 1 s to 1 day
 * @param maxLookups lookups at once, 1 to 30,000; past it a lookup fails and says so
 */
@ConfigurationProperties("cctvout.probe.dns")
public record DnsSettings(
        @DefaultValue("2s") Duration queryTimeout,
        @DefaultValue("5s") Duration timeout,
        @DefaultValue("20000") int cacheSize,
        @DefaultValue("5m") Duration maxTtl,
        @DefaultValue("4096") int maxLookups) {

    private static final Limits LIMITS = new Limits("cctvout.probe.dns");

    public DnsSettings {
        LIMITS.check("query-timeout", queryTimeout, Duration.ofMillis(10), Duration.ofMinutes(1));
        LIMITS.check("timeout", timeout, Duration.ofMillis(10), Duration.ofMinutes(5));
        LIMITS.check("cache-size", cacheSize, 1, 1_000_000);
        LIMITS.check("max-ttl", maxTtl, Duration.ofSeconds(1), Duration.ofDays(1));
        LIMITS.check("max-lookups", maxLookups, 1, 30_000);
    }

    public static DnsSettings standard() {
        return new DnsSettings(
                Duration.ofSeconds(2), Duration.ofSeconds(5), 20_000, Duration.ofMinutes(5), 4096);
    }
}
