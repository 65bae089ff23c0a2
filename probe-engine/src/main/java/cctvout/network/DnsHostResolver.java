package cctvout.network;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddressStreamProviders;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.concurrent.Future;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpResources;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Asks the name servers of {@code /etc/resolv.conf} for A and AAAA records, on an event loop, after
 * {@code /etc/hosts}. Both files are read once, when it is opened. A name server that answers with
 * anything but "no such name" (SERVFAIL, REFUSED) counts as one that did not answer: nothing is
 * known of the name.
 */
public final class DnsHostResolver implements HostResolver, AutoCloseable {

    private final DnsSettings settings;
    private final DnsNameResolver resolver;
    private final BoundedDnsCache cache;
    private final AtomicInteger lookups = new AtomicInteger();

    private DnsHostResolver(DnsSettings settings, DnsServerAddressStreamProvider servers) {
        this.settings = settings;
        cache = new BoundedDnsCache(settings.cacheSize(), (int) settings.maxTtl().toSeconds());
        LoopResources loops = TcpResources.get();
        EventLoopGroup group = loops.onClient(LoopResources.DEFAULT_NATIVE);
        EventLoop loop = group.next();
        resolver =
                new DnsNameResolverBuilder(loop)
                        .datagramChannelType(loops.onChannelClass(DatagramChannel.class, group))
                        .socketChannelType(loops.onChannelClass(SocketChannel.class, group))
                        .nameServerProvider(servers)
                        .resolvedAddressTypes(ResolvedAddressTypes.IPV4_PREFERRED)
                        .completeOncePreferredResolved(false)
                        .queryTimeoutMillis(settings.queryTimeout().toMillis())
                        .consolidateCacheSize(settings.maxLookups())
                        .resolveCache(cache)
                        .cnameCache(NoopDnsCnameCache.INSTANCE)
                        .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
                        .build();
    }

    /** Reads files; do it at start, not on an event loop. */
    public static DnsHostResolver open(DnsSettings settings) {
        return open(settings, DnsServerAddressStreamProviders.unixDefault());
    }

    static DnsHostResolver open(DnsSettings settings, DnsServerAddressStreamProvider servers) {
        return new DnsHostResolver(settings, servers);
    }

    /**
     * Answers on an event loop (a timeout on a timer's thread), a literal at once on the caller's
     * thread. Cancel gives up.
     */
    @Override
    public Mono<List<InetAddress>> resolve(String host) {
        return Mono.defer(
                () -> {
                    InetAddress literal = HostResolver.literal(host);
                    if (literal != null) {
                        return Mono.just(List.of(literal));
                    }
                    return host.isBlank() ? unknown(host) : limited(host);
                });
    }

    private Mono<List<InetAddress>> limited(String host) {
        if (lookups.incrementAndGet() > settings.maxLookups()) {
            lookups.decrementAndGet();
            return Mono.error(new LookupLimitException(settings.maxLookups()));
        }
        return Mono.<List<InetAddress>>create(sink -> ask(host, sink))
                .timeout(settings.timeout(), Mono.error(() -> late(host, settings)))
                .doFinally(_ -> lookups.decrementAndGet());
    }

    private void ask(String host, MonoSink<List<InetAddress>> sink) {
        Future<List<InetAddress>> answer;
        try {
            answer = resolver.resolveAll(host);
        } catch (IllegalArgumentException notAName) {
            sink.error(new UnknownHostException(host + ": " + notAName.getMessage()));
            return;
        }
        sink.onCancel(() -> answer.cancel(false));
        answer.addListener(
                (Future<List<InetAddress>> done) -> {
                    if (done.isSuccess()) {
                        sink.success(List.copyOf(done.getNow()));
                    } else if (!done.isCancelled()) {
                        sink.error(reason(host, done.cause()));
                    }
                });
    }

    private Exception reason(String host, Throwable failure) {
        Throwable cause = failure.getCause();
        boolean unknown =
                cause == null
                        || cause instanceof DnsErrorCauseException error
                                && DnsResponseCode.NXDOMAIN.equals(error.getCode());
        if (failure instanceof UnknownHostException && unknown
                || failure instanceof IllegalArgumentException) {
            return new UnknownHostException(host);
        }
        return (Exception) late(host, settings).initCause(failure);
    }

    private static TimeoutException late(String host, DnsSettings settings) {
        return new TimeoutException(
                "no name server answered for %s within %s (cctvout.probe.dns.timeout, %s a query)"
                        .formatted(host, settings.timeout(), settings.queryTimeout()));
    }

    private static Mono<List<InetAddress>> unknown(String host) {
        return Mono.error(new UnknownHostException("'" + host + "' is no host name"));
    }

    int cached() {
        return cache.size();
    }

    @Override
    public void close() {
        resolver.close();
    }
}
