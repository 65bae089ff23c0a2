package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.network.AllowedNetworks;
import cctvout.network.HostResolver;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A prober with patient limits that may reach 127.0 to 127.7 and whose clock a test moves. */
final class ProberRig {

    static final Duration LIMIT = Duration.ofSeconds(60);
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration RESPONSE = Duration.ofSeconds(20);
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** By the time that passes. */
    volatile Instant now = START;

    /** By how much somebody set the clock on the wall forward. */
    volatile Duration setForward = Duration.ZERO;

    private final ReactorNettyHlsProber prober;

    ProberRig() {
        this(settings(), ProberRig::literal, "127.0.0.0/13");
    }

    ProberRig(HlsSettings settings) {
        this(settings, ProberRig::literal, "127.0.0.0/13");
    }

    ProberRig(HlsSettings settings, HostResolver resolver, String allowed) {
        AllowedNetworks networks = AllowedNetworks.of(List.of(allowed));
        prober = ReactorNettyHlsProber.create(settings, resolver, networks, clock(), () -> now);
    }

    Clock clock() {
        return new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.plus(setForward);
            }
        };
    }

    /** Long enough for a machine that has much else to do. */
    static HlsSettings settings() {
        return settings(CONNECT, RESPONSE, DEADLINE, true);
    }

    static HlsSettings connectWithin(Duration limit) {
        return settings(limit, RESPONSE, DEADLINE, true);
    }

    static HlsSettings respondWithin(Duration limit) {
        return settings(CONNECT, limit, DEADLINE, true);
    }

    static HlsSettings allWithin(Duration limit) {
        return settings(CONNECT, RESPONSE, limit, true);
    }

    static HlsSettings trusting() {
        return settings(CONNECT, RESPONSE, DEADLINE, false);
    }

    private static HlsSettings settings(
            Duration connect, Duration response, Duration deadline, boolean verify) {
        return new HlsSettings(
                connect,
                response,
                deadline,
                Duration.ofSeconds(20),
                64,
                8,
                16,
                5,
                64 * 1024,
                16 * 1024,
                verify,
                "cctv-out");
    }

    static Mono<List<InetAddress>> literal(String host) {
        try {
            return Mono.just(List.of(InetAddress.ofLiteral(host)));
        } catch (IllegalArgumentException aName) {
            return Mono.error(new UnknownHostException(host));
        }
    }

    ReactorNettyHlsProber prober() {
        return prober;
    }

    HlsResult probe(String url) {
        return probe(url, null);
    }

    HlsResult probe(String url, @Nullable Edge before) {
        AtomicReference<HlsResult> result = new AtomicReference<>();
        StepVerifier.create(prober.probe(url, before))
                .consumeNextWith(result::set)
                .expectComplete()
                .verify(LIMIT);
        return Objects.requireNonNull(result.get());
    }

    /** All places in lanes are given back; a cancellation's are, in its own time. */
    void comesFree() {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (prober.lanes() > 0) {
            assertThat(System.nanoTime()).as("places held").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
