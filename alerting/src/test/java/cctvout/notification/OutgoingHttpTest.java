package cctvout.notification;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.network.DnsHostResolver;
import cctvout.network.DnsSettings;
import cctvout.network.HostResolver;
import cctvout.recipient.Language;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Webhooks and gateways against the settings: 127.0.7.0/24 may be reached, and a sentinel on every
 * other loopback address must see nobody.
 */
class OutgoingHttpTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final FailureCause REFUSED =
            FailureCause.of(
                    FailureCause.Code.ADDRESS_NOT_ALLOWED,
                    "address not allowed by cctvout.notification.allowed-networks");

    private ServerSocketChannel sentinel;
    private DnsHostResolver names;

    @BeforeEach
    void listen() throws IOException {
        sentinel = ServerSocketChannel.open();
        // no address: all of 127.0.0.0/8 and ::1
        sentinel.bind(new InetSocketAddress(0), 50);
        sentinel.configureBlocking(false);
        names = DnsHostResolver.open(DnsSettings.standard());
    }

    @AfterEach
    void nobodyCame() throws IOException {
        try (SocketChannel somebody = sentinel.accept()) {
            assertThat(somebody).as("a connection to the sentinel").isNull();
        } finally {
            sentinel.close();
            names.close();
        }
    }

    static Stream<Arguments> everyFormOnEveryWay() {
        List<String> hosts =
                List.of(
                        "127.0.0.1",
                        "127.0.0.2",
                        "127.0.8.1",
                        "127.255.255.254",
                        "localhost",
                        "LOCALHOST",
                        "0.0.0.0",
                        "[::1]",
                        "[::]",
                        "[0:0:0:0:0:0:0:1]",
                        "[::ffff:127.0.0.1]",
                        "[::ffff:7f00:1]",
                        "[::FFFF:7F00:0001]",
                        "[0:0:0:0:0:ffff:7f00:1]",
                        "[::127.0.0.1]",
                        "[::7f00:1]",
                        "[64:ff9b::7f00:1]",
                        "[64:ff9b::127.0.0.1]",
                        "[64:ff9b:1::7f00:1]",
                        "[2002:7f00:1::1]",
                        "[2002:7f00:1:ffff::]");
        return hosts.stream()
                .flatMap(host -> Stream.of(Way.values()).map(way -> Arguments.of(host, way)));
    }

    enum Way {
        WEBHOOK,
        GATEWAY,
        NAME
    }

    @ParameterizedTest
    @MethodSource("everyFormOnEveryWay")
    void noFormOfAForbiddenAddressIsConnectedTo(String host, Way way) {
        Delivery delivery =
                switch (way) {
                    case WEBHOOK -> post(http(names), url(host));
                    case GATEWAY -> gateway(url(host));
                    case NAME -> post(http(named(List.of(List.of(bare(host))))), url("hook.test"));
                };
        assertThat(delivery).isEqualTo(new Delivery.Failed(REFUSED, false, false));
    }

    /** Forms that some resolvers take for 127.0.0.1: refused, or known to no name server. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2130706433",
                "0x7f000001",
                "0x7f.0.0.1",
                "0177.0.0.1",
                "017700000001",
                "127.1",
                "127.0.1",
                "0",
                "127.0.0.1.",
                "127%2e0.0.1",
                "%31%32%37.0.0.1",
                "[::1%25lo]",
                "user@127.0.0.1",
                "allowed.test\\@127.0.0.1"
            })
    void oddFormsOfAForbiddenAddressLeadNowhere(String host) {
        Delivery delivery = post(http(named(List.of())), url(host));
        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Delivery.Failed.class, failed -> assertThat(failed.inDoubt()).isFalse());
    }

    /** A name is judged at each connect, and what was judged is connected to. */
    @Test
    void aNameThatTurnsToAForbiddenAddressIsRefusedFromThenOn() {
        AtomicInteger asked = new AtomicInteger();
        List<List<String>> answers =
                List.of(
                        List.of("127.0.7.1"),
                        List.of("127.0.0.1"),
                        List.of("::1"),
                        List.of("::ffff:127.0.0.1"),
                        List.of("64:ff9b::7f00:1"));
        OutgoingHttp http = http(named(answers, asked));
        DisposableServer server = answering("127.0.7.1", 200, "/");
        try {
            Delivery first = post(http, "http://hook.test:" + server.port() + "/");
            assertThat(first).isEqualTo(new Delivery.Sent());
            for (int turn = 1; turn < answers.size(); turn++) {
                assertThat(post(http, url("hook.test")))
                        .isEqualTo(new Delivery.Failed(REFUSED, false, false));
            }
            assertThat(asked).hasValue(answers.size());
        } finally {
            server.disposeNow(Duration.ofSeconds(10));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        DisposableServer server = answering("127.0.7.1", status, url("127.0.0.1"));
        try {
            Delivery delivery = post(http(names), "http://127.0.7.1:" + server.port() + "/hook");
            assertThat(delivery)
                    .isEqualTo(new Delivery.Failed(FailureCause.http(status), true, false));
        } finally {
            server.disposeNow(Duration.ofSeconds(10));
        }
    }

    /** So that a silent sentinel says something. */
    @Test
    void whereTheAddressIsAllowedTheSentinelIsReached() throws IOException {
        NotificationSettings open = settings("127.0.0.0/8", Duration.ofSeconds(1));
        post(new OutgoingHttp(names, open, InstantSource.system()), url("127.0.0.1"));
        try (SocketChannel somebody = sentinel.accept()) {
            assertThat(somebody).isNotNull();
        }
    }

    private String url(String host) {
        return "http://" + host + ":" + sentinel.socket().getLocalPort() + "/hook";
    }

    private static OutgoingHttp http(HostResolver hosts) {
        return new OutgoingHttp(
                hosts, settings("127.0.7.0/24", Duration.ofSeconds(10)), InstantSource.system());
    }

    private static Delivery post(OutgoingHttp http, String url) {
        return outcome(
                http.post(
                        url,
                        _ -> {},
                        new byte[] {1},
                        (status, _) ->
                                new Delivery.Failed(FailureCause.http(status), true, false)));
    }

    private Delivery gateway(String url) {
        var settings =
                new ChannelSettings.Gateway(url, "GET", "text/plain", Map.of(), "", null, "");
        return outcome(
                http(names)
                        .send(
                                io.netty.handler.codec.http.HttpMethod.valueOf(settings.method()),
                                GatewayTemplate.url(
                                        settings.url(), StandardCharsets.UTF_8, Map.of()),
                                _ -> {},
                                new byte[0],
                                (status, _) ->
                                        new Delivery.Failed(
                                                FailureCause.http(status), true, false)));
    }

    private static Delivery outcome(Mono<Delivery> sending) {
        AtomicReference<Delivery> outcome = new AtomicReference<>();
        StepVerifier.create(sending).consumeNextWith(outcome::set).expectComplete().verify(SOON);
        return Objects.requireNonNull(outcome.get());
    }

    private static DisposableServer answering(String host, int status, String location) {
        return HttpServer.create()
                .host(host)
                .port(0)
                .handle((_, response) -> response.status(status).header("Location", location))
                .bindNow(Duration.ofSeconds(20));
    }

    private static String bare(String host) {
        return host.replace("[", "").replace("]", "");
    }

    private static HostResolver named(List<List<String>> answers) {
        return named(answers, new AtomicInteger());
    }

    /** Answers in turn, the last one from then on; a name that is {@code localhost} is that. */
    private static HostResolver named(List<List<String>> answers, AtomicInteger asked) {
        return host -> {
            InetAddress literal = HostResolver.literal(host);
            if (literal != null) {
                return Mono.just(List.of(literal));
            }
            if (answers.isEmpty()) {
                return Mono.error(new java.net.UnknownHostException(host));
            }
            int turn = Math.min(asked.getAndIncrement(), answers.size() - 1);
            List<InetAddress> addresses = new ArrayList<>();
            for (String answer : answers.get(turn)) {
                boolean own = answer.equalsIgnoreCase("localhost");
                addresses.add(InetAddress.ofLiteral(own ? "127.0.0.1" : answer));
            }
            return Mono.just(addresses);
        };
    }

    private static NotificationSettings settings(String network, Duration deadline) {
        return new NotificationSettings(
                List.of(network),
                deadline,
                deadline.multipliedBy(3),
                8,
                2,
                Duration.ofMillis(50),
                16384,
                new NotificationSettings.Retry(
                        3,
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(400),
                        Duration.ofSeconds(1),
                        Duration.ofHours(24)),
                UnsentOpened.MERGE,
                ZoneId.of("Asia/Seoul"),
                Language.KO,
                new NotificationSettings.BreakerLimits(
                        5, Duration.ofMinutes(1), Duration.ofSeconds(30)),
                null,
                500,
                null);
    }
}
