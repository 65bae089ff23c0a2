package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

/** Segments that are there, and whether they show a picture that moves. */
class SegmentContentTest extends StreamCase {

    private static final String MAP = "#EXT-X-MAP:URI=\"init.mp4\"\n";

    private HlsResult probe(HlsResult before) {
        rig.now = rig.now.plusSeconds(2);
        return rig.probe(server.url("/l.m3u8"), before.edge());
    }

    private HlsResult probe() {
        return rig.probe(server.url("/l.m3u8"));
    }

    private void shows(long sequence, byte[] segment) {
        server.on("/l.m3u8", ScriptedServer.list(Samples.live(sequence, 2)));
        server.on("/seg" + (sequence + 1) + ".ts", ScriptedServer.ts(segment));
    }

    private void fragmented(byte[] init, byte[] segment) {
        server.on(
                "/l.m3u8",
                ScriptedServer.list(Samples.live(0, 1).replace("#EXTINF", MAP + "#EXTINF")));
        server.on("/init.mp4", ScriptedServer.ok("video/mp4", init));
        server.on("/seg0.ts", ScriptedServer.ok("video/mp4", segment));
    }

    private static void is(HlsReason reason, HlsResult result) {
        assertThat(result.reason()).as(result.toString()).isEqualTo(reason);
    }

    @Test
    void timeThatGoesOnIsWell() {
        shows(10, Samples.tsAt(900_000));
        HlsResult first = probe();
        shows(11, Samples.tsAt(1_080_000));

        is(HlsReason.OK, probe(first));
    }

    @Test
    void laterSegmentThatBeginsAtTheTimeOfAnEarlierOneIsFrozenAndStaysSo() {
        shows(10, Samples.tsAt(900_000));
        HlsResult first = probe();
        shows(11, Samples.tsAt(900_000));
        HlsResult frozen = probe(first);
        is(HlsReason.PTS_FROZEN, frozen);
        assertThat(frozen.status()).isEqualTo(HlsStatus.FAIL);
        assertThat(frozen.detail()).contains("900000");

        is(HlsReason.PTS_FROZEN, probe(frozen)); // the same segment, looked at again
        shows(12, Samples.tsAt(900_000));
        HlsResult still = probe(frozen);
        is(HlsReason.PTS_FROZEN, still);

        shows(13, Samples.tsAt(1_080_000));
        is(HlsReason.OK, probe(still));
    }

    @Test
    void sameSegmentAgainIsNotFrozen() {
        shows(10, Samples.tsAt(900_000));
        HlsResult first = probe();

        is(HlsReason.FRESHNESS_UNPROVEN, probe(first));
    }

    @Test
    void timeMayBeginAnewAtEachDiscontinuity() {
        shows(10, Samples.tsAt(900_000));
        HlsResult first = probe();
        shows(11, Samples.tsAt(900_000));
        server.on(
                "/l.m3u8",
                ScriptedServer.list(
                        Samples.live(11, 2).replace("#EXTINF", "#EXT-X-DISCONTINUITY\n#EXTINF")));

        is(HlsReason.OK, probe(first));
    }

    @Test
    void timeStampOf33BitsIsReadWhole() {
        long pts = (1L << 33) - 12_345;

        assertThat(TransportStream.firstPts(Samples.tsAt(pts), 20 * 188)).isEqualTo(pts);
        assertThat(TransportStream.firstPts(Samples.ts(20), 20 * 188)).isEqualTo(-1);
        assertThat(TransportStream.firstPts(Samples.tsAt(7), 2 * 188 + 17)).isEqualTo(-1);
    }

    @Test
    void fragmentsTellTheirTimeToo() {
        String list = Samples.live(0, 1).replace("#EXTINF", MAP + "#EXTINF");
        fragmented(Samples.init("vide"), Samples.fragment(4000));
        HlsResult first = probe();
        is(HlsReason.FRESHNESS_UNPROVEN, first);
        server.on(
                "/l.m3u8",
                ScriptedServer.list(list.replace("SEQUENCE:0", "SEQUENCE:1").replace("g0", "g1")));
        server.on("/seg1.ts", ScriptedServer.ok("video/mp4", Samples.fragment(4000)));

        is(HlsReason.PTS_FROZEN, probe(first));
        server.on("/seg1.ts", ScriptedServer.ok("video/mp4", Samples.fragment(8000)));
        is(HlsReason.OK, probe(first));
    }

    @Test
    void initializationSectionWithoutAVideoTrackIsNoVideo() {
        fragmented(Samples.init("soun", "subt"), Samples.fragment(1));
        HlsResult result = probe();
        is(HlsReason.NO_VIDEO, result);
        assertThat(result.detail()).contains("moov");

        fragmented(Samples.init("soun", "vide"), Samples.fragment(1));
        is(HlsReason.FRESHNESS_UNPROVEN, probe());
    }

    @Test
    void initializationSectionThatIsCutOffOrDoesNotSayCountsAsVideo() {
        byte[] audio = Samples.init("soun");
        for (int length = 1; length < audio.length; length++) {
            assertThat(new FragmentedMp4(audio, length).withoutVideo()).isFalse();
        }
        assertThat(new FragmentedMp4(audio, audio.length).withoutVideo()).isTrue();
        byte[] silent = Samples.nested("moov", Samples.nested("trak", Samples.box("tkhd", 92)));
        assertThat(new FragmentedMp4(silent, silent.length).withoutVideo()).isFalse();
    }

    @Test
    void packedAudioAloneIsNoVideo() {
        byte[] adts = new byte[2000];
        for (int i = 0; i < 4; i++) {
            adts[i] = (byte) new int[] {0xff, 0xf1, 0x50, 0x80}[i];
        }
        shows(0, adts);
        is(HlsReason.NO_VIDEO, probe());
        byte[] tagged =
                Arrays.copyOf(
                        "ID3\u0004".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 3000);
        shows(0, tagged);
        is(HlsReason.NO_VIDEO, probe());
    }

    @Test
    void playlistAloneIsJudgedWhereSegmentsAreNotLookedInto() {
        ProberRig shallow = new ProberRig(ProberRig.settings().withSegments(false));
        server.on("/l.m3u8", ScriptedServer.list(Samples.live(3, 2)));

        HlsResult result = shallow.probe(server.url("/l.m3u8"));

        is(HlsReason.FRESHNESS_UNPROVEN, result);
        assertThat(server.paths()).containsExactly("/l.m3u8");
        assertThat(server.requests().get(0).header("Connection")).isEqualTo("close");
    }
}
