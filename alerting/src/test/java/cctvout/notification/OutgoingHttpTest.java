package cctvout.notification;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.network.DnsHostResolver;
import cctvout.network.DnsSettings;
import cctvout.recipient.Language;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import reactor.test.StepVerifier;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;

/** A webhook's address against the settings, with a sentinel that must see nobody. */
class OutgoingHttpTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]"})
    void anAddressThatIsNotAllowedIsNeverConnectedTo(String host) throws IOException {
        try (ServerSocket sentinel = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"));
                DnsHostResolver hosts = DnsHostResolver.open(DnsSettings.standard())) {
            sentinel.setSoTimeout(200);
            var http = new OutgoingHttp(hosts, settings(), InstantSource.system());
            StepVerifier.create(
                            http.post(
                                    "http://" + host + ":" + sentinel.getLocalPort() + "/hook",
                                    _ -> {},
                                    new byte[] {1},
                                    (_, _) -> new Delivery.Failed("answered", true, false)))
                    .consumeNextWith(
                            delivery ->
                                    assertThat(delivery)
                                            .isEqualTo(
                                                    new Delivery.Failed(
                                                            "address not allowed by"
                                                                    + " cctvout.notification.allowed-networks",
                                                            false,
                                                            false)))
                    .expectComplete()
                    .verify(SOON);
            org.assertj.core.api.Assertions.assertThatThrownBy(sentinel::accept)
                    .isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }

    private static NotificationSettings settings() {
        return new NotificationSettings(
                List.of("10.0.0.0/8"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
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
                500);
    }
}
