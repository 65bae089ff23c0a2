package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import cctvout.hls.Playlist.Init;
import cctvout.hls.Playlist.Media;
import cctvout.hls.Playlist.Multivariant;
import cctvout.hls.Playlist.Range;
import cctvout.hls.Playlist.Rejected;
import cctvout.hls.Playlist.Segment;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Objects;

class PlaylistTest {

    private static Playlist parse(String text) {
        byte[] body = text.getBytes(UTF_8);
        return Playlist.parse(body, body.length);
    }

    private static Media media(String text) {
        Playlist playlist = parse(text);
        assertThat(playlist).isInstanceOf(Media.class);
        return (Media) playlist;
    }

    private static Rejected rejected(String text) {
        Playlist playlist = parse(text);
        assertThat(playlist).isInstanceOf(Rejected.class);
        return (Rejected) playlist;
    }

    private static Segment newest(Media media) {
        return Objects.requireNonNull(media.newest());
    }

    @Test
    void mediaPlaylistGivesEdgeAndItsTwoNewestSegments() {
        Media media = media(Samples.live(100, 3));

        assertThat(media.mediaSequence()).isEqualTo(100);
        assertThat(media.position()).isEqualTo(102);
        assertThat(media.targetDuration()).isEqualTo(2.0);
        assertThat(newest(media))
                .isEqualTo(new Segment("seg102.ts", 2, null, false, null, 2, false));
        assertThat(media.previous())
                .isEqualTo(new Segment("seg101.ts", 2, null, false, null, 1, false));
        assertThat(media.ended()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "  \n \t", "\n# comment\n"})
    void anyLineEndWillDoAndBlankLinesAndComments(String lineEnd) {
        assertThat(media(Samples.live(7, 2).replace("\n", lineEnd)).position()).isEqualTo(8);
    }

    @Test
    void byteOrderMarkAndNoLastNewlineAreTolerated() {
        Media media = media("\ufeff" + Samples.live(7, 2).strip());

        assertThat(media.position()).isEqualTo(8);
    }

    @Test
    void spacesRoundValuesAreTolerated() {
        Media media =
                media(
                        "#EXTM3U \n#EXT-X-TARGETDURATION : 6 \n#EXT-X-MEDIA-SEQUENCE: 12\t\n"
                                + "#EXTINF: 6.006 , title, with comma\n  seg 12.ts \n");

        assertThat(media.mediaSequence()).isEqualTo(12);
        assertThat(media.targetDuration()).isEqualTo(6.0);
        assertThat(newest(media).seconds()).isEqualTo(6.006);
        assertThat(newest(media).uri()).isEqualTo("seg 12.ts");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "#EXT-X-TARGETDURATION:\n",
                "#EXT-X-TARGETDURATION:six\n",
                "#EXT-X-TARGETDURATION:-6\n"
            })
    void missingTargetDurationIsTolerated(String line) {
        assertThat(media("#EXTM3U\n" + line + "#EXTINF:6,\na.ts\n").targetDuration()).isNull();
    }

    @Test
    void decimalTargetDurationIsTolerated() {
        assertThat(media("#EXTM3U\n#EXT-X-TARGETDURATION:6.5\n#EXTINF:6,\na\n").targetDuration())
                .isEqualTo(6.5);
    }

    @Test
    void unknownTagsPlaylistTypesAndDiscontinuitiesAreTolerated() {
        Media media =
                media(
                        "#EXTM3U\n#EXT-X-FUTURE:A=1\n#EXT-X-PLAYLIST-TYPE:WHATEVER\n"
                                + "#EXT-X-DISCONTINUITY\n#EXTINF:2\nvideo/1?t=a&b=c\n"
                                + "#EXT-X-DISCONTINUITY\n#EXT-X-PROGRAM-DATE-TIME:x\n#EXTINF:2,\nvideo/2\n");

        assertThat(media.segments()).isEqualTo(2);
        assertThat(newest(media).uri()).isEqualTo("video/2");
    }

    @Test
    void lowLatencyPartsCountBeyondTheLastSegment() {
        Media media =
                media(
                        "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MEDIA-SEQUENCE:50\n"
                                + "#EXT-X-MAP:URI=\"init.mp4\"\n"
                                + "#EXT-X-PART:DURATION=1.0,URI=\"p50.0.mp4\"\n"
                                + "#EXTINF:4,\nseg50.mp4\n"
                                + "#EXT-X-PART:DURATION=1.0,URI=\"p51.0.mp4\",INDEPENDENT=YES\n"
                                + "#EXT-X-PART:DURATION=1.0,URI=\"p51.1.mp4\"\n"
                                + "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"p51.2.mp4\"\n");

        assertThat(media.position()).isEqualTo(50);
        assertThat(media.parts()).isEqualTo(2);
        assertThat(newest(media).uri()).isEqualTo("seg50.mp4");
        assertThat(newest(media).init()).isEqualTo(new Init("init.mp4", null));
    }

    @Test
    void partAloneIsSomethingToFetch() {
        Media media = media("#EXTM3U\n#EXT-X-PART:DURATION=0.5,URI=\"p0.mp4\"\n");

        assertThat(media.segments()).isZero();
        assertThat(newest(media))
                .isEqualTo(new Segment("p0.mp4", 0.5, null, false, null, Segment.A_PART, false));
    }

    @Test
    void gapsCountForTheEdgeButAreNotFetched() {
        Media media =
                media(
                        "#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:5\n#EXT-X-GAP\n#EXTINF:2,\ngap.mp4\n"
                                + "#EXTINF:2,\na.mp4\n#EXTINF:2,\n#EXT-X-GAP\ngap.mp4\n");

        assertThat(media.position()).isEqualTo(7);
        assertThat(newest(media).uri()).isEqualTo("a.mp4");
        assertThat(media.previous()).isNull();
    }

    @Test
    void byteRangesFollowOnEachOther() {
        Media media =
                media(
                        "#EXTM3U\n#EXT-X-MAP:URI=\"all.mp4\",BYTERANGE=\"700@0\"\n"
                                + "#EXTINF:2,\n#EXT-X-BYTERANGE:1000@700\nall.mp4\n"
                                + "#EXTINF:2,\n#EXT-X-BYTERANGE:500\nall.mp4\n");

        assertThat(newest(media).range()).isEqualTo(new Range(1700, 500));
        assertThat(newest(media).init()).isEqualTo(new Init("all.mp4", new Range(0, 700)));
    }

    @Test
    void rangesOfInitializationSectionsAndPartsDoNotMoveThoseOfSegments() {
        String map = "#EXT-X-MAP:URI=\"all.mp4\",BYTERANGE=\"700@0\"\n";
        String part = "#EXT-X-PART:DURATION=1,URI=\"all.mp4\",BYTERANGE=\"200@1900\"\n";
        Media media =
                media(
                        "#EXTM3U\n#EXTINF:2,\n#EXT-X-BYTERANGE:1000@700\nall.mp4\n"
                                + map
                                + part
                                + "#EXTINF:2,\n#EXT-X-BYTERANGE:500\nall.mp4\n");

        assertThat(newest(media).range()).isEqualTo(new Range(1700, 500));
    }

    @Test
    void aDiscontinuityBeforeAGapIsOneForWhatComesAfterIt() {
        Media media =
                media(
                        "#EXTM3U\n#EXTINF:2,\na.ts\n#EXT-X-DISCONTINUITY\n#EXT-X-GAP\n"
                                + "#EXTINF:2,\nb.ts\n#EXTINF:2,\nc.ts\n");

        assertThat(newest(media).discontinuous()).isTrue();
    }

    @Test
    void aSequenceThatCountsNanosecondsIsRead() {
        Media media = media(Samples.live(1_790_000_000_000_000_000L, 3));

        assertThat(media.position()).isEqualTo(1_790_000_000_000_000_002L);
    }

    @Test
    void keyHoldsUntilTheNextOne() {
        String keyed =
                "#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"k?a=1,2\",IV=0x1\n#EXTINF:2,\na.ts\n";

        assertThat(newest(media(keyed)).encrypted()).isTrue();
        assertThat(newest(media(keyed + "#EXT-X-KEY:METHOD=NONE\n#EXTINF:2,\nb.ts\n")).encrypted())
                .isFalse();
        assertThat(newest(media(keyed.replace("AES-128", "SAMPLE-AES"))).encrypted()).isFalse();
    }

    @Test
    void endlistEnds() {
        assertThat(media(Samples.live(0, 1) + "#EXT-X-ENDLIST\n").ended()).isTrue();
    }

    @Test
    void headerAloneIsAMediaPlaylistWithoutSegments() {
        assertThat(media("#EXTM3U").segments()).isZero();
    }

    @Test
    void koreanNamesAreReadAsUtf8() {
        assertThat(newest(media("#EXTM3U\n#EXTINF:2,\n천안/1.ts\n")).uri()).isEqualTo("천안/1.ts");
    }

    @Test
    void multivariantPlaylistGivesTheFirstVariantThatMayCarryVideo() {
        Playlist playlist =
                parse(
                        "#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"a\",URI=\"a.m3u8\"\n"
                                + "#EXT-X-STREAM-INF:CODECS=\"mp4a.40.2\"\naudio.m3u8\n"
                                + "#EXT-X-STREAM-INF:PROGRAM-ID=1,CODECS=\"avc1.4d001f,mp4a.40.2\"\n\nv.m3u8\n"
                                + "#EXT-X-STREAM-INF:BANDWIDTH=9\nw.m3u8\n"
                                + "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=9,URI=\"i.m3u8\"\n");

        assertThat(playlist).isEqualTo(new Multivariant(3, "v.m3u8"));
    }

    @Test
    void multivariantPlaylistOfAudioAloneHasNoUsableVariant() {
        assertThat(parse("#EXTM3U\n#EXT-X-STREAM-INF:CODECS=\"mp4a.40.2\"\na.m3u8\n"))
                .isEqualTo(new Multivariant(1, null));
        assertThat(parse("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n"))
                .isEqualTo(new Multivariant(0, null));
    }

    @Test
    void zeroBytesAreAnEmptyBody() {
        assertThat(rejected("").reason()).isEqualTo(HlsReason.EMPTY_BODY);
        assertThat(rejected("\ufeff").reason()).isEqualTo(HlsReason.EMPTY_BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE html><html>",
                "{\"error\":1}",
                "\n#EXTM3U\n",
                "#EXTM3U8\n",
                "#EXTINF:2,\na.ts\n",
                "\u0000\u0001"
            })
    void withoutTheHeaderItIsNoPlaylist(String text) {
        assertThat(rejected(text).reason()).isEqualTo(HlsReason.NOT_A_PLAYLIST);
    }

    @Test
    void rejectionOfHtmlSaysSo() {
        assertThat(rejected("<html><body>Login").detail()).contains("HTML").contains("line 1");
    }

    @Test
    void uriWithoutExtinfIsMalformedAndSaysWhere() {
        Rejected rejected = rejected("#EXTM3U\r\n\r\n#EXTINF:2,\r\na.ts\r\nb.ts\r\n");

        assertThat(rejected.reason()).isEqualTo(HlsReason.MALFORMED);
        assertThat(rejected.detail()).contains("#EXTINF").contains("line 5").contains("b.ts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "abc", "", "1.5", "99999999999999999999", "0x10"})
    void mediaSequenceThatIsNoNumberFromZeroUpIsMalformed(String number) {
        Rejected rejected = rejected("#EXTM3U\n\n#EXT-X-MEDIA-SEQUENCE:" + number + "\n");

        assertThat(rejected.reason()).isEqualTo(HlsReason.MALFORMED);
        assertThat(rejected.detail()).contains("EXT-X-MEDIA-SEQUENCE").contains("line 3");
    }

    @Test
    void bothKindsInOneAreMixedAndSayWhere() {
        Rejected list = rejected("#EXTM3U\n#EXTINF:2,\na.ts\n#EXT-X-STREAM-INF:BANDWIDTH=1\nb\n");
        Rejected segments = rejected("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nb\n#EXTINF:2,\na\n");

        assertThat(list.reason()).isEqualTo(HlsReason.MIXED_PLAYLIST);
        assertThat(list.detail()).contains("#EXT-X-STREAM-INF at line 4");
        assertThat(segments.reason()).isEqualTo(HlsReason.MIXED_PLAYLIST);
        assertThat(segments.detail()).contains("#EXTINF at line 4");
    }
}
