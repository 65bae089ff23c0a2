package cctvout.icmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cctvout.icmp.IcmpOutcome.Inconclusive;
import cctvout.icmp.IcmpOutcome.Measured;
import cctvout.icmp.IcmpSettings.SocketKind;
import cctvout.network.AllowedNetworks;
import cctvout.network.HostResolver;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Real echoes on loopback; needs the right to an ICMP socket. */
class NettyIcmpProberTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final IcmpSettings QUICK =
            IcmpSettings.standard().train(3, Duration.ofMillis(20), Duration.ofSeconds(2));
    private static final IcmpSettings LONG =
            IcmpSettings.standard().train(2, Duration.ofSeconds(10), Duration.ofSeconds(10));

    private final List<NettyIcmpProber> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(NettyIcmpProber::close);
    }

    @Test
    void loopbackAnswersInBothFamilies() {
        NettyIcmpProber prober = open(QUICK);
        for (String host : List.of("127.0.0.1", "127.200.3.4", "::1")) {
            StepVerifier.create(prober.probe(host))
                    .assertNext(
                            outcome -> {
                                IcmpResult result = result(outcome);
                                assertThat(result.status()).isEqualTo(IcmpStatus.SUCCESS);
                                assertThat(result.received()).isEqualTo(3);
                                assertThat(result.rttMinMs()).isNotNegative();
                                assertThat(result.rttAvgMs())
                                        .isBetween(result.rttMinMs(), result.rttMaxMs());
                                assertThat(result.rttMaxMs()).isLessThan(2_000);
                            })
                    .expectComplete()
                    .verify(SOON);
        }
        assertThat(prober.inFlight()).isZero();
    }

    @Test
    void trainsPastTheLimitAreTurnedAwayAndOthersGoOn() throws Exception {
        NettyIcmpProber prober = open(LONG.inFlight(2));
        Disposable first = prober.probe("127.0.0.1").subscribe();
        Disposable second = prober.probe("127.0.0.2").subscribe();
        assertThat(outcome(prober, "127.0.0.3")).isEqualTo(new Inconclusive("PROBER_OVERLOAD"));
        first.dispose();
        loopHasTurned(prober);
        assertThat(prober.inFlight()).isEqualTo(1);
        CompletableFuture<@Nullable IcmpOutcome> third = prober.probe("127.0.0.3").toFuture();
        loopHasTurned(prober);
        assertThat(third).isNotDone();
        second.dispose();
        third.cancel(true);
        loopHasTurned(prober);
        assertThat(prober.inFlight()).isZero();
    }

    @Test
    void socketThatBreaksIsOpenedAgainAndBlamesNobody() throws Exception {
        NettyIcmpProber prober = open(LONG);
        CompletableFuture<@Nullable IcmpOutcome> inFlight = prober.probe("127.0.0.1").toFuture();
        CompletableFuture<@Nullable IcmpOutcome> otherFamily = prober.probe("::1").toFuture();
        EchoLoop loop = Objects.requireNonNull(prober.loop());
        loop.execute(() -> Objects.requireNonNull(loop.socket(IcmpFamily.V4)).breakDown());
        assertThat(inFlight.get(20, TimeUnit.SECONDS)).isEqualTo(new Inconclusive("SOCKET_BROKEN"));
        assertThat(otherFamily).isNotDone();
        loopHasTurned(prober);
        CompletableFuture<@Nullable IcmpOutcome> after = prober.probe("127.0.0.1").toFuture();
        loopHasTurned(prober);
        loopHasTurned(prober);
        assertThat(after).isNotDone(); // its first echo was answered, the second is 10 s away
    }

    @Test
    void closeEndsWhatIsInFlight() throws Exception {
        NettyIcmpProber prober = open(LONG);
        CompletableFuture<@Nullable IcmpOutcome> inFlight = prober.probe("127.0.0.1").toFuture();
        loopHasTurned(prober);
        prober.close();
        assertThat(inFlight.get(20, TimeUnit.SECONDS)).isEqualTo(new Inconclusive("SOCKET_BROKEN"));
    }

    @Test
    void closedProberAnswersAndClosesAgain() throws Exception {
        NettyIcmpProber prober = open(LONG);
        EchoLoop loop = Objects.requireNonNull(prober.loop());
        prober.close();
        loop.ended().get(20, TimeUnit.SECONDS);
        prober.close();
        assertThat(prober.probe("127.0.0.1").toFuture().get(20, TimeUnit.SECONDS))
                .isEqualTo(new Inconclusive("SOCKET_BROKEN"));
        assertThat(prober.inFlight()).isZero();
    }

    @Test
    void nameIsResolvedAndItsFailureIsTold() throws Exception {
        HostResolver names =
                host ->
                        switch (host) {
                            case "cam.example" -> addresses("10.0.0.1", "127.0.0.9");
                            case "slow.example" -> Mono.error(new TimeoutException());
                            case "ill.example" -> Mono.error(new IllegalStateException());
                            default -> Mono.error(new UnknownHostException(host));
                        };
        NettyIcmpProber prober = open(QUICK, names, AllowedNetworks.of(List.of("127.0.0.0/8")));
        assertThat(result(outcome(prober, "cam.example")).status()).isEqualTo(IcmpStatus.SUCCESS);
        IcmpResult unknown = result(outcome(prober, "typo.example"));
        assertThat(unknown.status()).isEqualTo(IcmpStatus.FAIL);
        assertThat(unknown.reason()).isEqualTo("DNS_ERROR");
        assertThat(outcome(prober, "slow.example")).isEqualTo(new Inconclusive("DNS_TIMEOUT"));
        assertThat(outcome(prober, "ill.example")).isEqualTo(new Inconclusive("RESOLVER_FAILED"));
    }

    @Test
    void addressOutsideTheAllowedNetworksIsNotPinged() throws Exception {
        NettyIcmpProber prober =
                open(QUICK, host -> addresses("127.0.0.1"), AllowedNetworks.standard());
        for (String host : List.of("127.0.0.1", "::ffff:127.0.0.1", "cam.example", "224.0.0.1")) {
            assertThat(outcome(prober, host)).isEqualTo(new Inconclusive("BLOCKED_ADDRESS"));
        }
        NettyIcmpProber anywhere = open(QUICK);
        for (String host : List.of("224.0.0.1", "255.255.255.255", "ff02::1")) {
            assertThat(outcome(anywhere, host)).isEqualTo(new Inconclusive("BLOCKED_ADDRESS"));
        }
    }

    @Test
    void broadcastAddressOfAnOwnSubnetIsAWrongAddressAndNoCutLine() throws Exception {
        assertThat(outcome(open(QUICK), "127.255.255.255"))
                .isEqualTo(new Inconclusive("BLOCKED_ADDRESS"));
    }

    @Test
    void proberWithoutASocketSaysHowToAllowOne() {
        IcmpSocket.Refused forbidden = new IcmpSocket.Refused(13);
        assertThat(Explanations.of(forbidden))
                .contains("net.ipv4.ping_group_range")
                .contains("CAP_NET_RAW");
        NettyIcmpProber prober =
                NettyIcmpProber.open(
                        QUICK.socket(SocketKind.DGRAM),
                        host -> Mono.error(new UnknownHostException(host)),
                        AllowedNetworks.everywhere(),
                        Clock.systemUTC());
        opened.add(prober);
        assumeTrue(
                prober.mode() == IcmpProber.Mode.UNAVAILABLE,
                "this machine allows unprivileged ICMP sockets");
        assertThat(prober.explanation()).contains("net.ipv4.ping_group_range");
        StepVerifier.create(prober.probe("127.0.0.1"))
                .expectNext(new Inconclusive("ICMP_UNAVAILABLE"))
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void settingsOutOfRangeAreNamed() {
        IcmpSettings good = IcmpSettings.standard();
        assertThatThrownBy(() -> good.train(0, good.spacing(), good.timeout()))
                .hasMessageContaining("cctvout.probe.icmp.count");
        assertThatThrownBy(() -> good.train(4, Duration.ZERO, good.timeout()))
                .hasMessageContaining("cctvout.probe.icmp.spacing");
        assertThatThrownBy(() -> good.train(4, good.spacing(), Duration.ofMinutes(1)))
                .hasMessageContaining("cctvout.probe.icmp.timeout");
        assertThatThrownBy(() -> good.inFlight(0))
                .hasMessageContaining("cctvout.probe.icmp.in-flight");
    }

    private NettyIcmpProber open(IcmpSettings settings) {
        return open(
                settings,
                host -> Mono.error(new UnknownHostException(host)),
                AllowedNetworks.everywhere());
    }

    private NettyIcmpProber open(
            IcmpSettings settings, HostResolver names, AllowedNetworks networks) {
        NettyIcmpProber prober = NettyIcmpProber.open(settings, names, networks, Clock.systemUTC());
        opened.add(prober);
        assumeTrue(prober.mode() != IcmpProber.Mode.UNAVAILABLE, prober.explanation());
        return prober;
    }

    private static Mono<List<InetAddress>> addresses(String... literals) {
        return Mono.just(Arrays.stream(literals).map(InetAddress::ofLiteral).toList());
    }

    private static IcmpOutcome outcome(IcmpProber prober, String host) throws Exception {
        return Objects.requireNonNull(prober.probe(host).toFuture().get(20, TimeUnit.SECONDS));
    }

    private static IcmpResult result(IcmpOutcome outcome) {
        assertThat(outcome).isInstanceOf(Measured.class);
        return ((Measured) outcome).result();
    }

    private static void loopHasTurned(NettyIcmpProber prober) throws InterruptedException {
        CountDownLatch turned = new CountDownLatch(1);
        EchoLoop loop = Objects.requireNonNull(prober.loop());
        loop.execute(() -> loop.execute(turned::countDown));
        assertThat(turned.await(20, TimeUnit.SECONDS)).isTrue();
    }
}
