package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import cctvout.hls.ScriptedServer.Reply;
import cctvout.hls.ScriptedServer.Request;

import org.junit.jupiter.api.Test;

import java.util.Random;

/** What media servers in the field send, rebuilt. */
class RealServersTest extends StreamCase {

    private void succeeds(HlsResult result) {
        assertThat(result.status()).as(result.toString()).isEqualTo(HlsStatus.SUCCESS);
        assertThat(result.warnings()).isEmpty();
    }

    /** A session, and with it the segments' names, are new in each check. */
    private void wowza(int session, int newest) {
        server.on(
                "/live/cctv001.stream/playlist.m3u8",
                ScriptedServer.list(
                        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-STREAM-INF:BANDWIDTH=1155072,"
                                + "CODECS=\"avc1.66.30\",RESOLUTION=720x480\nchunklist_w"
                                + session
                                + ".m3u8\n"));
        server.on(
                "/live/cctv001.stream/chunklist_w" + session + ".m3u8",
                ScriptedServer.list(
                        "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:12\n#EXT-X-MEDIA-SEQUENCE:"
                                + (newest - 1)
                                + "\n#EXTINF:10.01,\nmedia_w"
                                + session
                                + "_"
                                + (newest - 1)
                                + ".ts\n#EXTINF:9.99,\nmedia_w"
                                + session
                                + "_"
                                + newest
                                + ".ts\n"));
        server.on(
                "/live/cctv001.stream/media_w" + session + "_" + newest + ".ts",
                ScriptedServer.ts(Samples.ts(100)));
    }

    @Test
    void wowzaThatLostItsEncoderServesTheLastListAndIsStale() {
        String url = server.url("/live/cctv001.stream/playlist.m3u8");
        wowza(1111, 56);
        HlsResult first = rig.probe(url);
        succeeds(first);
        rig.now = rig.now.plusSeconds(900);
        wowza(2222, 146);
        HlsResult second = rig.probe(url, first.edge());
        succeeds(second);
        assertThat(second.reason()).isEqualTo(HlsReason.OK);

        rig.now = rig.now.plusSeconds(900);
        wowza(3333, 146);
        HlsResult doubted = rig.probe(url, second.edge());
        assertThat(doubted.reason()).isEqualTo(HlsReason.FRESHNESS_UNPROVEN);
        rig.now = rig.now.plus(java.util.Objects.requireNonNull(doubted.lookAgainAfter()));
        wowza(4444, 146);
        assertThat(rig.probe(url, doubted.edge()).reason()).isEqualTo(HlsReason.STALE_PLAYLIST);

        server.on("/live/cctv001.stream/playlist.m3u8", ScriptedServer.status(404, "Not Found"));
        assertThat(rig.probe(url, doubted.edge()).reason()).isEqualTo(HlsReason.HTTP_404);
    }

    @Test
    void nginxRtmpWritesCrlfAndNoVersion() {
        server.on(
                "/hls/cam.m3u8",
                ScriptedServer.list(
                        "#EXTM3U\r\n#EXT-X-MEDIA-SEQUENCE:17\r\n#EXT-X-TARGETDURATION:5\r\n"
                                + "#EXTINF:5.000,\r\ncam-17.ts\r\n#EXT-X-DISCONTINUITY\r\n"
                                + "#EXTINF:5.000,\r\ncam-18.ts\r\n"));
        server.on("/hls/cam-18.ts", ScriptedServer.ts(Samples.ts(10)));

        HlsResult result = rig.probe(server.url("/hls/cam.m3u8"));

        succeeds(result);
        assertThat(result.mediaSequence()).isEqualTo(18);
    }

    @Test
    void srsChildCarriesItsContextInTheQuery() {
        server.on(
                "/live/livestream.m3u8",
                ScriptedServer.list(
                        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,AVERAGE-BANDWIDTH=1\n"
                                + "/live/livestream.m3u8?hls_ctx=1u3k0z6d"));
        server.on(
                "/live/livestream.m3u8?hls_ctx=1u3k0z6d", ScriptedServer.list(Samples.live(0, 3)));
        server.on("/live/seg2.ts", ScriptedServer.ts(Samples.ts(10)));

        succeeds(rig.probe(server.url("/live/livestream.m3u8")));
    }

    @Test
    void mediamtxChecksCookiesBindsASessionAndStartsWithGaps() {
        server.on(
                "/cam/index.m3u8",
                ScriptedServer.redirect(
                        "/cam/index.m3u8?cookieCheck=1",
                        "Set-Cookie: cookieCheck=1; Path=/; HttpOnly"));
        server.on("/cam/index.m3u8?cookieCheck=1", this::mediamtxEntry);
        server.on("/cam/main_stream.m3u8", r -> inSession(r, mediamtxList()));
        server.on("/cam/abc_init.mp4", r -> inSession(r, box("ftyp")));
        server.on("/cam/abc_seg7.mp4", r -> inSession(r, box("moof")));

        HlsResult result = rig.probe(server.url("/cam/index.m3u8"));

        succeeds(result);
        assertThat(result.mediaSequence()).isEqualTo(7);
        assertThat(server.paths())
                .containsExactly(
                        "/cam/index.m3u8",
                        "/cam/index.m3u8?cookieCheck=1",
                        "/cam/main_stream.m3u8",
                        "/cam/abc_seg7.mp4",
                        "/cam/abc_init.mp4");
        assertThat(server.requests().get(2).header("Cookie"))
                .isEqualTo("cookieCheck=1; hlsSession=s1");
    }

    private Reply mediamtxEntry(Request request) {
        String cookies = request.header("Cookie");
        return cookies != null && cookies.contains("cookieCheck=1")
                ? ScriptedServer.ok(
                        "application/vnd.apple.mpegurl",
                        ("#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-INDEPENDENT-SEGMENTS\n\n"
                                        + "#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS=\"avc1.42c028\"\n"
                                        + "main_stream.m3u8\n")
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        "Set-Cookie: hlsSession=s1; Path=/cam")
                : ScriptedServer.status(400, "Bad Request");
    }

    private static Reply inSession(Request request, Reply reply) {
        String cookies = request.header("Cookie");
        return cookies != null && cookies.contains("hlsSession=s1")
                ? reply
                : ScriptedServer.status(401, "Unauthorized");
    }

    private static Reply mediamtxList() {
        return ScriptedServer.list(
                "#EXTM3U\n#EXT-X-VERSION:9\n#EXT-X-TARGETDURATION:2\n"
                        + "#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=0.5\n"
                        + "#EXT-X-PART-INF:PART-TARGET=0.2\n#EXT-X-MEDIA-SEQUENCE:1\n"
                        + "#EXT-X-MAP:URI=\"abc_init.mp4\"\n"
                        + "#EXT-X-GAP\n#EXTINF:2.00000,\ngap.mp4\n".repeat(6)
                        + "#EXT-X-PART:DURATION=0.2,URI=\"abc_part0.mp4\",INDEPENDENT=YES\n"
                        + "#EXTINF:2.00000,\nabc_seg7.mp4\n"
                        + "#EXT-X-PART:DURATION=0.2,URI=\"abc_part10.mp4\"\n"
                        + "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"abc_part11.mp4\"\n");
    }

    private static Reply box(String type) {
        return ScriptedServer.ok("video/mp4", Samples.box(type, 400));
    }

    @Test
    void mediamtxChildWithoutItsSessionIsSessionLost() {
        server.on(
                "/cam/index.m3u8",
                ScriptedServer.list("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nmain_stream.m3u8\n"));
        server.on("/cam/main_stream.m3u8", r -> inSession(r, mediamtxList()));

        HlsResult result = rig.probe(server.url("/cam/index.m3u8"));

        assertThat(result.reason()).isEqualTo(HlsReason.SESSION_LOST);
        assertThat(result.httpStatus()).isEqualTo(401);
    }

    @Test
    void itsTokensInThePathStayAsTheyAreAndChildrenBelongToTheFinalUrl() {
        String token = "/cctv/aB3+x9/Zk==/q%2Bz%3d/";
        server.on(
                "/entry/12?k=a+b/c=", ScriptedServer.redirect(server.url(token + "l.m3u8?t=1+/=")));
        server.on(token + "l.m3u8?t=1+/=", ScriptedServer.list(Samples.live(9, 2)));
        server.on(token + "seg10.ts", ScriptedServer.ts(Samples.ts(10)));

        succeeds(rig.probe(server.url("/entry/12?k=a+b/c=")));
        assertThat(server.paths())
                .containsExactly("/entry/12?k=a+b/c=", token + "l.m3u8?t=1+/=", token + "seg10.ts");
    }

    @Test
    void koreanPathsInARedirectAreUtf8AsInAPlaylist() {
        String path = "/%ED%95%9C%EA%B8%80/l.m3u8";
        String raw = new String("/한글/l.m3u8".getBytes(UTF_8), ISO_8859_1);
        server.on("/e", ScriptedServer.redirect(raw));
        server.on(path, ScriptedServer.list(Samples.live(9, 2)));
        server.on("/%ED%95%9C%EA%B8%80/seg10.ts", ScriptedServer.ts(Samples.ts(10)));

        succeeds(rig.probe(server.url("/e")));
    }

    @Test
    void encryptedSegmentIsJudgedByItsLength() {
        byte[] noise = new byte[16 * 500];
        new Random(3).nextBytes(noise);
        server.on(
                "/k.m3u8",
                ScriptedServer.list(
                        Samples.live(0, 1)
                                .replace(
                                        "#EXTINF",
                                        "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXTINF")));
        server.on("/seg0.ts", ScriptedServer.ok("application/octet-stream", noise));

        succeeds(rig.probe(server.url("/k.m3u8")));
        assertThat(server.paths()).containsExactly("/k.m3u8", "/seg0.ts");

        server.on(
                "/seg0.ts", ScriptedServer.ok("video/mp2t", java.util.Arrays.copyOf(noise, 7999)));
        assertThat(rig.probe(server.url("/k.m3u8")).reason())
                .isEqualTo(HlsReason.SEGMENT_NOT_MEDIA);
    }

    @Test
    void cookieOfOneHostIsNotSentToAnother() {
        ScriptedServer other = ScriptedServer.start("127.0.0.2", 0);
        try (other) {
            String there = "http://127.0.0.2:" + other.port() + "/l.m3u8";
            server.on("/e", ScriptedServer.redirect(there, "Set-Cookie: s=1; Path=/"));
            other.on("/l.m3u8", ScriptedServer.list(Samples.live(0, 1)));
            other.on("/seg0.ts", ScriptedServer.ts(Samples.ts(10)));

            succeeds(rig.probe(server.url("/e")));
            assertThat(other.requests()).hasSize(2).allMatch(r -> r.header("Cookie") == null);
            assertThat(other.requests().get(0).header("Host"))
                    .isEqualTo("127.0.0.2:" + other.port());
        }
    }
}
