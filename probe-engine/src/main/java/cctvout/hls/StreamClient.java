package cctvout.hls;

import cctvout.hls.Progress.Phase;
import cctvout.network.AllowedNetworks;
import cctvout.network.HostResolver;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * One GET on a connection of its own, to an address that was checked beforehand: the name is not
 * looked up again, so that a second answer cannot lead elsewhere.
 */
final class StreamClient {

    /** Of a name with many addresses, no more are tried. */
    private static final int ADDRESSES = 3;

    private final HostResolver resolver;
    private final AllowedNetworks allowed;
    private final HttpClient plain;
    private final HttpClient tls;
    private final String userAgent;

    StreamClient(HlsSettings settings, HostResolver resolver, AllowedNetworks allowed) {
        this.resolver = resolver;
        this.allowed = allowed;
        this.userAgent = settings.userAgent();
        this.plain = client(settings);
        this.tls = secured(plain, settings);
    }

    private static HttpClient client(HlsSettings settings) {
        int connect = Math.toIntExact(settings.connectTimeout().toMillis());
        return HttpClient.newConnection()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connect)
                .responseTimeout(settings.responseTimeout())
                .disableRetry(true)
                .keepAlive(false)
                .httpResponseDecoder(
                        spec ->
                                spec.maxHeaderSize(settings.maxHeaders())
                                        .maxInitialLineLength(settings.maxHeaders())
                                        .validateHeaders(false));
    }

    private static HttpClient secured(HttpClient client, HlsSettings settings) {
        Http11SslContextSpec context = Http11SslContextSpec.forClient();
        if (!settings.verifyCertificates()) {
            context.configure(
                    ssl ->
                            ssl.trustManager(InsecureTrustManagerFactory.INSTANCE)
                                    .endpointIdentificationAlgorithm(""));
        }
        return client.secure(
                spec -> spec.sslContext(context).handshakeTimeout(settings.responseTimeout()));
    }

    /**
     * Lazy; cancelling closes the connection. Errors with {@link StreamFault} alone.
     *
     * @param cookies value of the header; null for none
     */
    Mono<Answer> get(StreamUrl url, Inquiry inquiry, @Nullable String cookies, Progress progress) {
        return resolver.resolve(url.host())
                .map(addresses -> checked(url, addresses))
                .flatMap(addresses -> get(url, inquiry, cookies, progress, addresses, 0))
                .onErrorMap(error -> Faults.of(error, progress, url));
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

    private Mono<Answer> get(
            StreamUrl url,
            Inquiry inquiry,
            @Nullable String cookies,
            Progress progress,
            List<InetAddress> addresses,
            int index) {
        Mono<Answer> answer = exchange(url, inquiry, cookies, progress, addresses.get(index));
        if (index + 1 >= Math.min(addresses.size(), ADDRESSES)) {
            return answer;
        }
        return answer.onErrorResume(
                error -> progress.phase() == Phase.CONNECT,
                _ -> get(url, inquiry, cookies, progress, addresses, index + 1));
    }

    private Mono<Answer> exchange(
            StreamUrl url,
            Inquiry inquiry,
            @Nullable String cookies,
            Progress progress,
            InetAddress address) {
        progress.reached(Phase.CONNECT);
        InetSocketAddress target = named(url, address);
        return (url.secure() ? tls : plain)
                .remoteAddress(() -> target)
                .request(HttpMethod.GET)
                .uri(url.path())
                .send(
                        (request, outbound) -> {
                            progress.reached(Phase.RESPONSE);
                            headers(request.requestHeaders(), url, inquiry, cookies);
                            return outbound;
                        })
                .response(
                        (response, body) -> {
                            progress.reached(Phase.BODY);
                            return read(url, inquiry, response, body);
                        })
                .next();
    }

    /** The checked address under the name that TLS has to prove. */
    private static InetSocketAddress named(StreamUrl url, InetAddress address) {
        try {
            InetAddress named = InetAddress.getByAddress(url.host(), address.getAddress());
            return new InetSocketAddress(named, url.port());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void headers(
            HttpHeaders headers, StreamUrl url, Inquiry inquiry, @Nullable String cookies) {
        headers.set(HttpHeaderNames.HOST, url.authority());
        headers.set(HttpHeaderNames.USER_AGENT, userAgent);
        headers.set(HttpHeaderNames.ACCEPT_ENCODING, "identity");
        if (inquiry.range() != null) {
            headers.set(HttpHeaderNames.RANGE, inquiry.range());
        }
        if (cookies != null) {
            headers.set(HttpHeaderNames.COOKIE, cookies);
        }
    }

    private static Mono<Answer> read(
            StreamUrl url, Inquiry inquiry, HttpClientResponse response, ByteBufFlux body) {
        int status = response.status().code();
        HttpHeaders headers = response.responseHeaders();
        if (status < 200 || status >= 300) {
            return Mono.just(new Answer(url, status, headers, new byte[0], 0));
        }
        long begun = System.nanoTime();
        BodyBuffer buffer = new BodyBuffer(inquiry);
        return body.takeUntil(buffer::add)
                .then(
                        Mono.fromSupplier(
                                () ->
                                        new Answer(
                                                url,
                                                status,
                                                headers,
                                                buffer.bytes(),
                                                System.nanoTime() - begun)));
    }
}
