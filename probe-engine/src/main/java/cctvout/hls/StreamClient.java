package cctvout.hls;

import cctvout.hls.Progress.Phase;
import cctvout.network.AllowedNetworks;
import cctvout.network.HostResolver;

import io.netty.channel.EventLoop;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * GETs, on a new connection or on the one that this check has open to the same host. A connection
 * leads to an address that was checked beforehand: the name is not looked up again, so that a
 * second answer cannot lead elsewhere.
 */
final class StreamClient {

    /** Of a name with many addresses, no more are tried. */
    private static final int ADDRESSES = 3;

    private final HlsSettings settings;
    private final HostResolver resolver;
    private final AllowedNetworks allowed;
    private final StreamChannels channels;

    StreamClient(HlsSettings settings, HostResolver resolver, AllowedNetworks allowed) {
        this.settings = settings;
        this.resolver = resolver;
        this.allowed = allowed;
        this.channels = new StreamChannels(settings);
    }

    /**
     * Lazy; cancelling closes the connection; answers on an event loop. Errors with {@link
     * StreamFault} alone.
     *
     * @param kept where the check's open connection is taken from, and left if it may be used again
     */
    Mono<Answer> get(Request request, KeptConnection kept) {
        return Mono.defer(() -> open(request, kept))
                .onErrorMap(error -> Faults.of(error, request.progress(), request.url()));
    }

    private Mono<Answer> open(Request request, KeptConnection kept) {
        StreamConnection open = kept.take(request.url());
        if (open == null) {
            return connect(request, kept);
        }
        // the server may have closed it meanwhile, as it may at any time
        return open.exchange(request, kept)
                .onErrorResume(StreamConnection.Stale.class, _ -> connect(request, kept));
    }

    private Mono<Answer> connect(Request request, KeptConnection kept) {
        StreamUrl url = request.url();
        InetAddress literal = HostResolver.literal(url.host());
        if (literal != null) {
            return connect(request, kept, checked(url, List.of(literal)), 0);
        }
        request.progress().reached(Phase.RESOLVE);
        Duration left = Duration.ofNanos(Math.max(1, request.deadline() - System.nanoTime()));
        return resolver.resolve(url.host())
                .timeout(left, Mono.error(() -> overdue(request)))
                .flatMap(addresses -> connect(request, kept, checked(url, addresses), 0));
    }

    private StreamFault overdue(Request request) {
        return Watch.fault(request, "deadline", settings.deadline());
    }

    /** A name that has one forbidden address is not trusted with the others. */
    private List<InetAddress> checked(StreamUrl url, List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            if (!allowed.allows(address)) {
                throw new StreamFault(
                        HlsReason.BLOCKED_ADDRESS,
                        url.host()
                                + " is "
                                + address.getHostAddress()
                                + ", outside cctvout.probe.allowed-networks");
            }
        }
        return addresses;
    }

    private Mono<Answer> connect(
            Request request, KeptConnection kept, List<InetAddress> addresses, int index) {
        InetSocketAddress target = named(request.url(), addresses.get(index));
        Mono<Answer> answer =
                new StreamConnection(channels, request.url(), target).exchange(request, kept);
        if (index + 1 >= Math.min(addresses.size(), ADDRESSES)) {
            return answer;
        }
        return answer.onErrorResume(
                error -> request.progress().phase() == Phase.CONNECT,
                _ -> connect(request, kept, addresses, index + 1));
    }

    /** The checked address under the name that TLS has to prove. */
    private static InetSocketAddress named(StreamUrl url, InetAddress address) {
        if (!url.secure()) {
            return new InetSocketAddress(address, url.port());
        }
        try {
            InetAddress named = InetAddress.getByAddress(url.host(), address.getAddress());
            return new InetSocketAddress(named, url.port());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** For a check to stay on. */
    EventLoop loop() {
        return channels.loop();
    }

    /**
     * @param cookies value of the header; null for none
     * @param deadline by {@link System#nanoTime}
     * @param loop for a new connection
     */
    record Request(
            StreamUrl url,
            Inquiry inquiry,
            @Nullable String cookies,
            Progress progress,
            Duration responseTimeout,
            long deadline,
            EventLoop loop) {}
}
