package cctvout.hls;

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
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** A prober with short limits that may reach 127.1 to 127.7 and whose clock a test moves. */
final class ProberRig {

    static final Duration LIMIT = Duration.ofSeconds(20);
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    Instant now = START;
    private final ReactorNettyHlsProber prober;

    ProberRig() {
        this(settings(Duration.ofMillis(1500), 8), ProberRig::literal);
    }

    ProberRig(HlsSettings settings, HostResolver resolver) {
        Clock clock =
                new Clock() {
                    @Override
                    public ZoneOffset getZone() {
                        return ZoneOffset.UTC;
                    }

                    @Override
                    public Clock withZone(java.time.ZoneId zone) {
                        return this;
                    }

                    @Override
                    public Instant instant() {
                        return now;
                    }
                };
        AllowedNetworks allowed = AllowedNetworks.of(List.of("127.0.0.0/13"));
        prober = ReactorNettyHlsProber.create(settings, resolver, allowed, clock);
    }

    static HlsSettings settings(Duration deadline, int perHost) {
        return settings(deadline, perHost, true);
    }

    static HlsSettings settings(Duration deadline, int perHost, boolean verify) {
        return new HlsSettings(
                Duration.ofMillis(400),
                Duration.ofMillis(600),
                deadline,
                Duration.ofSeconds(5),
                64,
                perHost,
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
}
