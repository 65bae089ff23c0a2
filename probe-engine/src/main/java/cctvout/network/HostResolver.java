package cctvout.network;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.net.InetAddress;
import java.util.List;

/** Names to addresses, without blocking. */
public interface HostResolver {

    /**
     * All addresses of a host, an address literal as it is. Lazy; at least one address, or an
     * error: {@link java.net.UnknownHostException} where the name is unknown, {@link
     * java.util.concurrent.TimeoutException} where no name server answered in time, and of those
     * {@link LookupLimitException} where none was asked.
     *
     * @param host a name, or an IPv4 or IPv6 literal, without brackets
     */
    Mono<List<InetAddress>> resolve(String host);

    /**
     * The address that a host is written as, in any form that the JDK takes (a number such as
     * {@code 2130706433} is one); null where it is a name. Asks nobody.
     */
    static @Nullable InetAddress literal(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c == ':') {
                break;
            }
            boolean digit = c >= '0' && c <= '9' || c == '.';
            boolean hex = c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
            if (!digit && !(hex && host.indexOf(':') > 0) && !(c == 'x' || c == 'X')) {
                return null; // as most are: without the cost of an exception
            }
        }
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException aName) {
            return null;
        }
    }
}
