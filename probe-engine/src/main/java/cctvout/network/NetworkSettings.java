package cctvout.network;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import java.util.List;

/**
 * Where probes may go.
 *
 * @param allowedNetworks CIDR ranges and the words {@code private} and {@code public}; empty means
 *     both words
 */
@ConfigurationProperties("cctvout.probe")
public record NetworkSettings(@DefaultValue List<String> allowedNetworks) {

    public NetworkSettings {
        allowedNetworks = List.copyOf(allowedNetworks);
        try {
            AllowedNetworks.of(allowedNetworks);
        } catch (IllegalArgumentException bad) {
            throw new IllegalArgumentException(
                    "cctvout.probe.allowed-networks: " + bad.getMessage(), bad);
        }
    }
}
