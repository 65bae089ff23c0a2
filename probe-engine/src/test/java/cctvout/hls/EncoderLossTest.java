package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.simulator.Brand;
import cctvout.simulator.MediaServer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import reactor.core.Disposable;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Servers of each brand, from a stream that is well over the loss of its encoder to its return. */
class EncoderLossTest {

    private final ProberRig rig =
            new ProberRig(
                    ProberRig.settings()
                            .with(
                                    new HlsSettings.OnDemand(
                                            List.of(),
                                            Duration.ofMillis(20),
                                            Duration.ofSeconds(20),
                                            4,
                                            4,
                                            4)));
    private @Nullable MediaServer started;
    private @Nullable HlsResult last;

    private void serves(Brand brand) throws Exception {
        started = MediaServer.start(brand, rig.clock()).toFuture().get(10, TimeUnit.SECONDS);
        passes(20);
    }

    @AfterEach
    void stop() {
        rig.comesFree();
        server().close();
    }

    private MediaServer server() {
        return Objects.requireNonNull(started);
    }

    private void passes(double seconds) {
        rig.now = rig.now.plusMillis((long) (seconds * 1000));
    }

    private HlsResult check() {
        HlsResult result = rig.probe(server().url(), last == null ? null : last.edge());
        last = result;
        return result;
    }

    private void is(HlsReason reason) {
        HlsResult result = check();
        assertThat(result.reason()).as(result.toString()).isEqualTo(reason);
    }

    private void well() {
        HlsResult result = check();
        assertThat(result.status()).as(result.toString()).isEqualTo(HlsStatus.SUCCESS);
        assertThat(result.warnings()).isEmpty();
    }

    /** As the engine does: looks again when the result asks for it, until it is settled. */
    private HlsResult settled() {
        HlsResult result = check();
        for (int looks = 0; looks < 5 && result.lookAgainAfter() != null; looks++) {
            rig.now = rig.now.plus(result.lookAgainAfter());
            result = check();
        }
        return result;
    }

    @ParameterizedTest
    @EnumSource(Brand.class)
    void streamThatIsWellStaysWell(Brand brand) throws Exception {
        serves(brand);
        is(HlsReason.FRESHNESS_UNPROVEN);
        for (int i = 0; i < 5; i++) {
            passes(30 + i * 7);
            well();
            is(HlsReason.OK);
        }
    }

    @ParameterizedTest
    @EnumSource(Brand.class)
    void lossIsTheStreamsFaultAndReturnIsSeen(Brand brand) throws Exception {
        serves(brand);
        check();
        passes(30);
        is(HlsReason.OK);

        server().loseEncoder();
        passes(1);
        HlsResult lost = settled();
        HlsReason first =
                switch (brand) {
                    case WOWZA, NGINX_RTMP, SRS, ITS -> HlsReason.STALE_PLAYLIST;
                    case MEDIAMTX, ZLMEDIAKIT -> HlsReason.HTTP_404;
                };
        assertThat(lost.reason()).as(lost.toString()).isEqualTo(first);
        passes(900);
        is(HlsReason.HTTP_404);

        server().returnEncoder();
        passes(20);
        HlsResult back = settled();
        assertThat(back.status()).as(back.toString()).isEqualTo(HlsStatus.SUCCESS);
        passes(10);
        assertThat(settled().reason()).isEqualTo(HlsReason.OK);
        passes(10);
        is(HlsReason.OK);
    }

    @Test
    void itsListThatBeginsAnewEachHourIsNoFault() throws Exception {
        serves(Brand.ITS);
        check();
        for (int minute = 0; minute < 140; minute += 7) {
            passes(7 * 60);
            HlsResult result = settled();
            assertThat(result.status()).as(result.toString()).isEqualTo(HlsStatus.SUCCESS);
        }
    }

    @Test
    void zlMediaKitThatNobodyWatchedIsAskedTwice() throws Exception {
        serves(Brand.ZLMEDIAKIT);
        check();
        passes(900); // it let go of the stream meanwhile
        well();
    }

    @Test
    void mediamtxHoldsItsFirstListUntilThereIsASegment() throws Exception {
        started =
                MediaServer.start(Brand.MEDIAMTX, rig.clock()).toFuture().get(10, TimeUnit.SECONDS);
        CompletableFuture<HlsResult> result = new CompletableFuture<>();
        Disposable held = rig.prober().probe(server().url(), null).subscribe(result::complete);
        passes(3);

        assertThat(result.get(20, TimeUnit.SECONDS).status()).isEqualTo(HlsStatus.SUCCESS);
        held.dispose();
    }
}
