package cctvout.network;

import reactor.core.publisher.Mono;

import java.net.InetAddress;
import java.util.List;

/** Names to addresses, without blocking. */
public interface HostResolver {

    /**
     * All addresses of a host, an address literal as it is. Lazy; at least one address, or an
     * error: {@link java.net.UnknownHostException} where the name is unknown, {@link
     * java.util.concurrent.TimeoutException} where no name server answered in time.
     *
     * @param host a name, or an IPv4 or IPv6 literal, without brackets
     */
    Mono<List<InetAddress>> resolve(String host);
}
