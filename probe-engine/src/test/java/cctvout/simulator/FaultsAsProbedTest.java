package cctvout.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.hls.HlsProber;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.hls.HlsSettings;
import cctvout.hls.ReactorNettyHlsProber;
import cctvout.network.AllowedNetworks;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import reactor.core.publisher.Mono;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Each simulated fault is what the real stream check takes it for. */
class FaultsAsProbedTest {

    private final MovableClock clock = new MovableClock();
    private final HlsProber prober =
            ReactorNettyHlsProber.create(
                    new HlsSettings(
                            Duration.ofSeconds(3),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(4),
                            Duration.ofSeconds(5),
                            64,
                            8,
                            64,
                            5,
                            524_288,
                            16_384,
                            true,
                            "cctv-out"),
                    host -> Mono.fromSupplier(() -> List.of(InetAddress.ofLiteral(host))),
                    AllowedNetworks.of(List.of("127.0.0.0/8")),
                    clock);
    private FleetServer server;

    @BeforeEach
    void start() throws Exception {
        server =
                FleetServer.start(FleetOptions.of(Fleet.of(3), 0).by(clock))
                        .toFuture()
                        .get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aStreamThatMovesIsWell() throws Exception {
        HlsResult first = probe(null);
        assertThat(first.reason()).isEqualTo(HlsReason.FRESHNESS_UNPROVEN);
        clock.advance(Duration.ofSeconds(10));
        HlsResult second = probe(first);
        assertThat(second.reason()).as(second.toString()).isEqualTo(HlsReason.OK);
        assertThat(second.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FREEZE, STALE_PLAYLIST",
        "ENDED, STREAM_ENDED",
        "ENCODER_LOST, STALE_PLAYLIST",
        "NOT_FOUND, HTTP_404",
        "BROKEN, HTTP_5XX",
        "UNAVAILABLE, RATE_LIMITED",
        "SLOW, RESPONSE_TIMEOUT",
        "DRIP, BODY_TIMEOUT",
        "GARBAGE, NOT_A_PLAYLIST",
        "EMPTY, EMPTY_BODY",
        "SEGMENT_NOT_FOUND, SEGMENT_404",
        "SEGMENT_GARBAGE, SEGMENT_NOT_MEDIA",
        "DOWN, CONNECTION_RESET",
        "CUT, RESPONSE_TIMEOUT",
        "HUGE, BODY_TOO_LARGE",
        "GZIP_BOMB, BODY_TOO_LARGE",
        "REDIRECT_LOOP, REDIRECT_LOOP",
        "ENDLESS_HEADERS, BODY_TOO_LARGE"
    })
    void aFaultIsSeenAsWhatItIs(Fault fault, HlsReason reason) throws Exception {
        HlsResult well = probe(null);
        server.faults().set(Target.camera(2), fault);
        clock.advance(Duration.ofSeconds(10));
        HlsResult bad = probe(well);
        assertThat(bad.reason()).as(bad.toString()).isEqualTo(reason);
        server.faults().recover(Target.camera(2));
        assertThat(probe(well).reason()).isEqualTo(HlsReason.OK);
    }

    private HlsResult probe(@Nullable HlsResult before) throws Exception {
        return prober.probe(server.url(2), before == null ? null : before.edge())
                .toFuture()
                .get(10, TimeUnit.SECONDS);
    }
}
