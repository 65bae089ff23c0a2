package cctvout.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.test.StepVerifier;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

class DnsHostResolverTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private NameServer server;
    private DnsHostResolver resolver;

    @BeforeEach
    void open() {
        server = new NameServer();
        resolver = resolver(2, 2, Duration.ofMillis(800));
    }

    @AfterEach
    void close() {
        resolver.close();
        server.close();
    }

    @Test
    void literalsAreAnsweredWithoutAskingAnyone() {
        for (String literal : List.of("10.1.2.3", "::1", "2001:db8::7", "::ffff:10.1.2.3")) {
            StepVerifier.create(resolver.resolve(literal))
                    .expectNext(List.of(InetAddress.ofLiteral(literal)))
                    .expectComplete()
                    .verify(SOON);
        }
        assertThat(server.queries).hasValue(0);
    }

    @Test
    void hostsFileComesBeforeTheNameServer() {
        StepVerifier.create(resolver.resolve("localhost"))
                .assertNext(all -> assertThat(all).allMatch(InetAddress::isLoopbackAddress))
                .expectComplete()
                .verify(SOON);
        assertThat(server.queries).hasValue(0);
    }

    @Test
    void bothFamiliesAreAskedForAndTheAnswerIsKept() {
        server.answer("cam.example", "10.0.0.1", "10.0.0.2", "2001:db8::1");
        for (int i = 0; i < 3; i++) {
            StepVerifier.create(resolver.resolve("cam.example"))
                    .assertNext(
                            all ->
                                    assertThat(all)
                                            .containsExactlyInAnyOrder(
                                                    InetAddress.ofLiteral("10.0.0.1"),
                                                    InetAddress.ofLiteral("10.0.0.2"),
                                                    InetAddress.ofLiteral("2001:db8::1")))
                    .expectComplete()
                    .verify(SOON);
        }
        assertThat(server.queries).hasValue(2);
    }

    @Test
    void cacheKeepsNoMoreNamesThanItsLimit() {
        for (String name : List.of("a.example", "b.example", "c.example", "d.example")) {
            server.answer(name, "10.0.0.1");
            resolve(name);
        }
        assertThat(resolver.cached()).isEqualTo(2);
        int asked = server.queries.get();
        resolve("d.example");
        assertThat(server.queries).hasValue(asked);
        resolve("a.example");
        assertThat(server.queries.get()).isGreaterThan(asked);
    }

    @Test
    void unknownNameIsToldFromASilentServer() {
        server.refuse("typo.example", DnsResponseCode.NXDOMAIN).answer("empty.example");
        for (String name : List.of("typo.example", "empty.example", "", " ")) {
            StepVerifier.create(resolver.resolve(name))
                    .expectError(UnknownHostException.class)
                    .verify(SOON);
        }
        StepVerifier.create(resolver.resolve("silent.example"))
                .expectError(TimeoutException.class)
                .verify(SOON);
    }

    @Test
    void serverThatIsIllSaysNothingOfTheName() {
        server.refuse("ill.example", DnsResponseCode.SERVFAIL);
        StepVerifier.create(resolver.resolve("ill.example"))
                .expectError(TimeoutException.class)
                .verify(SOON);
    }

    @Test
    void namesThatCannotBeAskedForAreUnknown() {
        for (String name : List.of("a..b", "x".repeat(64) + ".example", "with space.example")) {
            StepVerifier.create(resolver.resolve(name)).expectError().verify(SOON);
        }
    }

    @Test
    void lookupPastTheLimitNamesTheSettingAndOthersGoOn() {
        StepVerifier.create(resolver.resolve("slow1.example"))
                .then(() -> resolve2("slow2.example"))
                .expectError(TimeoutException.class)
                .verify(SOON);
        server.answer("cam.example", "10.0.0.1");
        resolve("cam.example");
    }

    private void resolve2(String second) {
        StepVerifier.create(resolver.resolve(second))
                .then(
                        () ->
                                StepVerifier.create(resolver.resolve("third.example"))
                                        .expectErrorSatisfies(
                                                late ->
                                                        assertThat(late)
                                                                .isInstanceOf(
                                                                        LookupLimitException.class)
                                                                .hasMessageContaining(
                                                                        "dns.max-lookups"))
                                        .verify(SOON))
                .thenCancel()
                .verify(SOON);
    }

    private void resolve(String name) {
        StepVerifier.create(resolver.resolve(name))
                .expectNextCount(1)
                .expectComplete()
                .verify(SOON);
    }

    private DnsHostResolver resolver(int cacheSize, int maxLookups, Duration queryTimeout) {
        DnsSettings settings =
                new DnsSettings(
                        queryTimeout,
                        Duration.ofSeconds(6),
                        cacheSize,
                        Duration.ofMinutes(5),
                        maxLookups);
        return DnsHostResolver.open(
                settings, new SingletonDnsServerAddressStreamProvider(server.address()));
    }
}
