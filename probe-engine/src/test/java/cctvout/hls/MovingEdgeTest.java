package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** What two looks at a live playlist say of its edge. */
class MovingEdgeTest extends LiveCase {

    @Test
    void edgeThatMovedIsOk() {
        serves(100);
        HlsResult first = first();
        serves(102);
        passes(4);

        HlsResult second = probe(first);

        assertThat(second.reason()).isEqualTo(HlsReason.OK);
        assertThat(second.lookAgainAfter()).isNull();
    }

    @Test
    void frozenPlaylistIsStaleAfterThreeAndAHalfTargetDurations() {
        serves(100);
        HlsResult first = first();
        passes(6.9);
        HlsResult waiting = probe(first);
        assertThat(waiting.reason()).isEqualTo(HlsReason.FRESHNESS_UNPROVEN);
        assertThat(waiting.lookAgainAfter()).isEqualTo(Duration.ofMillis(100));
        passes(0.1);

        HlsResult stale = probe(waiting);

        assertThat(stale.status()).isEqualTo(HlsStatus.FAIL);
        assertThat(stale.reason()).isEqualTo(HlsReason.STALE_PLAYLIST);
        assertThat(stale.detail()).contains("102").contains("2000 ms");
        assertThat(stale.httpStatus()).isEqualTo(200);
    }

    @Test
    void aClockThatIsSetMakesNoPlaylistStale() {
        serves(100);
        HlsResult first = first();
        passes(1);
        rig.setForward = Duration.ofHours(1);
        HlsResult second = probe(first);
        assertThat(second.reason()).isEqualTo(HlsReason.FRESHNESS_UNPROVEN);
        assertThat(second.lookAgainAfter()).isEqualTo(Duration.ofSeconds(6));
        rig.setForward = Duration.ofHours(-1);
        passes(6);
        assertThat(probe(second).reason()).isEqualTo(HlsReason.STALE_PLAYLIST);
    }

    @Test
    void growingWindowIsFreshThoughItsMediaSequenceStays() {
        serves(0);
        HlsResult first = first();
        server.on("/cam/live.m3u8", ScriptedServer.list(Samples.live(0, 9)));
        server.on("/cam/seg8.ts", ScriptedServer.ts(Samples.ts(9)));
        passes(600);

        assertThat(probe(first).reason()).isEqualTo(HlsReason.OK);
    }

    @Test
    void sequenceThatBeganAnewAndAdvancesIsAWarning() {
        serves(100);
        HlsResult first = first();
        serves(0);
        passes(60);
        HlsResult back = probe(first);
        assertThat(back.reason()).isEqualTo(HlsReason.FRESHNESS_UNPROVEN);
        assertThat(back.lookAgainAfter()).isEqualTo(Duration.ofSeconds(3));
        serves(1);
        passes(3);

        HlsResult on = probe(back);

        assertThat(on.status()).isEqualTo(HlsStatus.SUCCESS);
        assertThat(on.reason()).isEqualTo(HlsReason.OK);
        assertThat(on.warnings()).containsExactly(HlsReason.SEQUENCE_RESET);
    }

    @Test
    void sequenceThatBeganAnewAndStaysIsRegressed() {
        serves(100);
        HlsResult first = first();
        serves(0);
        passes(60);
        HlsResult back = probe(first);
        passes(3);

        assertThat(probe(back).reason()).isEqualTo(HlsReason.SEQUENCE_REGRESSED);
    }

    @Test
    void edgeOutlivesACheckThatFailed() {
        serves(100);
        HlsResult first = first();
        server.on("/cam/live.m3u8", ScriptedServer.status(500, "Oops"));

        assertThat(probe(first).edge()).isEqualTo(first.edge());
    }

    @Test
    void notModifiedMeansAnUnchangedEdge() {
        serves(100);
        HlsResult first = first();
        server.on("/cam/live.m3u8", ScriptedServer.status(304, "Not Modified"));
        passes(2);
        assertThat(probe(first).reason()).isEqualTo(HlsReason.FRESHNESS_UNPROVEN);
        passes(60);

        assertThat(probe(first).reason()).isEqualTo(HlsReason.STALE_PLAYLIST);
    }
}
