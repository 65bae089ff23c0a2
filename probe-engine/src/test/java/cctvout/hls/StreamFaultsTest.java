package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import cctvout.hls.ScriptedServer.Reply;
import cctvout.hls.ScriptedServer.Reply.End;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import reactor.core.publisher.Flux;

import java.util.concurrent.TimeUnit;

/** Servers that answer, and what is wrong with the answer: each gets its own reason. */
class StreamFaultsTest extends StreamCase {

    private static void is(HlsReason reason, HlsResult result) {
        assertThat(result.reason()).as(result.toString()).isEqualTo(reason);
        assertThat(result.status()).isEqualTo(reason.status());
    }

    @ParameterizedTest
    @CsvSource({
        "401, HTTP_401",
        "403, HTTP_403",
        "404, HTTP_404",
        "410, HTTP_404",
        "400, HTTP_4XX",
        "429, RATE_LIMITED",
        "503, RATE_LIMITED",
        "500, HTTP_5XX",
        "502, HTTP_5XX",
        "300, NOT_A_PLAYLIST",
        "304, NOT_A_PLAYLIST",
        "204, EMPTY_BODY"
    })
    void statusAtTheEntry(int status, HlsReason reason) {
        HlsResult result = entry(ScriptedServer.status(status, "X"));

        is(reason, result);
        assertThat(result.httpStatus()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"401, SESSION_LOST", "403, SESSION_LOST", "404, HTTP_404", "500, HTTP_5XX"})
    void statusAtAChild(int status, HlsReason reason) {
        server.on("/v.m3u8", ScriptedServer.status(status, "X"));

        is(reason, entry(ScriptedServer.list("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv.m3u8\n")));
    }

    @Test
    void redirectLoopEndsAtTheLimit() {
        is(HlsReason.REDIRECT_LOOP, entry(ScriptedServer.redirect("/e.m3u8")));
        assertThat(server.paths()).hasSize(6);
    }

    @Test
    void fiveRedirectsAreFollowed() {
        for (int i = 1; i < 5; i++) {
            server.on("/" + i, ScriptedServer.redirect("/" + (i + 1)));
        }
        server.on("/5", ScriptedServer.list(Samples.live(0, 1)));
        server.on("/seg0.ts", ScriptedServer.ts(Samples.ts(9)));

        is(HlsReason.FRESHNESS_UNPROVEN, entry(ScriptedServer.redirect("/1")));
    }

    @Test
    void redirectThatLeadsNowhereIsNoPlaylist() {
        is(HlsReason.NOT_A_PLAYLIST, entry(ScriptedServer.status(302, "Found")));
    }

    @ParameterizedTest
    @CsvSource({"rtmp://127.0.0.1/live", "file:///etc/passwd", "http://u:p@127.0.0.1/"})
    void redirectToAnythingButAPlainHttpUrlIsInvalid(String location) {
        is(HlsReason.INVALID_URL, entry(ScriptedServer.redirect(location)));
    }

    @Test
    void zeroBytes() {
        is(HlsReason.EMPTY_BODY, entry(ScriptedServer.list("")));
    }

    @Test
    void htmlIsNoPlaylistAndIsCalledByItsName() {
        HlsResult result = entry(ScriptedServer.list("<html><body>Sign in</body></html>"));

        is(HlsReason.NOT_A_PLAYLIST, result);
        assertThat(result.detail()).contains("HTML");
    }

    @Test
    void malformedAndMixedNameTagAndLine() {
        HlsResult malformed = entry(ScriptedServer.list("#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:-1\n"));
        is(HlsReason.MALFORMED, malformed);
        assertThat(malformed.detail()).contains("#EXT-X-MEDIA-SEQUENCE at line 2");

        is(
                HlsReason.MIXED_PLAYLIST,
                entry(ScriptedServer.list(Samples.live(0, 1) + "#EXT-X-STREAM-INF:BANDWIDTH=1\n")));
    }

    @Test
    void playlistOverTheCapIsTooLargeBeforeItIsReadToItsEnd() throws Exception {
        byte[] block = "#EXTM3U\n".repeat(8192).getBytes(UTF_8);
        Reply gigabyte =
                new Reply(
                        Flux.concat(
                                Flux.just(ScriptedServer.head(200, "OK", 1L << 30, "a/b")),
                                Flux.range(0, 16384).map(_ -> block)),
                        End.CLOSE);

        is(HlsReason.BODY_TOO_LARGE, entry(gigabyte));
        assertThat(server.closed().tryAcquire(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void gzipBombIsTooLarge() throws Exception {
        byte[] bomb = Samples.gzip(new byte[32 * 1024 * 1024]);
        assertThat(bomb.length).isLessThan(64 * 1024);

        is(
                HlsReason.BODY_TOO_LARGE,
                entry(ScriptedServer.ok("a/b", bomb, "Content-Encoding: gzip")));
    }

    @Test
    void brokenGzipIsNoPlaylist() {
        byte[] broken = {0x1f, (byte) 0x8b, 8, 0, 0};

        is(
                HlsReason.NOT_A_PLAYLIST,
                entry(ScriptedServer.ok("a/b", broken, "Content-Encoding: gzip")));
        is(
                HlsReason.NOT_A_PLAYLIST,
                entry(ScriptedServer.ok("a/b", broken, "Content-Encoding: br")));
    }

    @Test
    void headersOverTheCapAreTooLarge() {
        is(
                HlsReason.BODY_TOO_LARGE,
                entry(ScriptedServer.status(200, "OK", "X-Long: " + "x".repeat(20_000))));
    }

    @Test
    void noUsableVariant() {
        is(
                HlsReason.NO_VARIANT,
                entry(
                        ScriptedServer.list(
                                "#EXTM3U\n#EXT-X-STREAM-INF:CODECS=\"mp4a.40.2\"\na.m3u8\n")));
        server.on("/v.m3u8", ScriptedServer.list("#EXTM3U\n#EXT-X-STREAM-INF:B=1\nv.m3u8\n"));
        is(
                HlsReason.NO_VARIANT,
                entry(ScriptedServer.list("#EXTM3U\n#EXT-X-STREAM-INF:B=1\nv.m3u8\n")));
    }

    @Test
    void noSegmentOrAllGapAsksForAnotherLook() {
        HlsResult empty = entry(ScriptedServer.list("#EXTM3U\n#EXT-X-TARGETDURATION:4\n"));
        is(HlsReason.EMPTY_PLAYLIST, empty);
        assertThat(empty.lookAgainAfter()).hasSeconds(4);

        HlsResult gaps = entry(ScriptedServer.list("#EXTM3U\n#EXT-X-GAP\n#EXTINF:2,\na\n"));
        is(HlsReason.ALL_GAP, gaps);
        assertThat(gaps.lookAgainAfter()).hasSeconds(2);
    }

    @Test
    void endedStream() {
        is(
                HlsReason.STREAM_ENDED,
                entry(ScriptedServer.list(Samples.live(0, 2) + "#EXT-X-ENDLIST\n")));
    }
}
