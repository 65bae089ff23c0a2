package cctvout.network;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.hls.HlsSettings;
import cctvout.hls.ReactorNettyHlsProber;

import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A name whose owner lets it stand for a harmless address while the playlist is fetched, and for
 * another one from then on; asked of a real name server.
 */
class RebindingTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private NameServer names;
    private DnsHostResolver resolver;
    private ServerSocketChannel sentinel;
    private DisposableServer server;
    private volatile String then = "";

    @BeforeEach
    void start() throws IOException {
        names = new NameServer().answer("cam.example", "127.0.7.1");
        names.ttl = 0;
        resolver =
                DnsHostResolver.open(
                        new DnsSettings(
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(30),
                                10,
                                Duration.ofMinutes(5),
                                10),
                        new SingletonDnsServerAddressStreamProvider(names.address()));
        sentinel = ServerSocketChannel.open();
        sentinel.bind(new InetSocketAddress(0), 50);
        sentinel.configureBlocking(false);
        String child = "http://cam.example:" + sentinel.socket().getLocalPort() + "/s.ts";
        server =
                HttpServer.create()
                        .host("127.0.7.1")
                        .port(0)
                        .handle(
                                (_, response) -> {
                                    names.answer("cam.example", then.split(","));
                                    return response.sendString(
                                            Mono.just("#EXTM3U\n#EXTINF:2,\n" + child + "\n"));
                                })
                        .bindNow(Duration.ofSeconds(20));
    }

    @AfterEach
    void stop() throws IOException {
        server.disposeNow(Duration.ofSeconds(20));
        resolver.close();
        names.close();
        sentinel.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.7.1,127.0.0.1",
                "0.0.0.0",
                "::1",
                "127.0.7.1,::1",
                "::",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::7f00:1",
                "2002:7f00:1::1"
            })
    void aNameThatTurnsWithinACheckLeadsNowhere(String addresses) throws IOException {
        then = addresses;
        ReactorNettyHlsProber prober =
                ReactorNettyHlsProber.create(
                        HlsSettings.defaults(),
                        resolver,
                        AllowedNetworks.of(List.of("127.0.7.0/24")),
                        Clock.systemUTC());

        AtomicReference<HlsResult> result = new AtomicReference<>();
        StepVerifier.create(
                        prober.probe("http://cam.example:" + server.port() + "/live.m3u8", null))
                .consumeNextWith(result::set)
                .expectComplete()
                .verify(LIMIT);

        assertThat(Objects.requireNonNull(result.get()).reason())
                .as(String.valueOf(result.get()))
                .isEqualTo(HlsReason.BLOCKED_ADDRESS);
        try (SocketChannel somebody = sentinel.accept()) {
            assertThat(somebody).isNull();
        }
    }
}
