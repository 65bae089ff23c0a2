package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Locale;

/** Streams that are well, as they look on the wire, and how their edge is followed. */
class StreamCheckTest extends LiveCase {

    @Test
    void firstCheckOfALiveStreamIsASuccessThatIsStillToBeProven() {
        serves(100);

        HlsResult result = first();

        assertThat(result.status()).isEqualTo(HlsStatus.SUCCESS);
        assertThat(result.reason()).isEqualTo(HlsReason.FRESHNESS_UNPROVEN);
        assertThat(result.httpStatus()).isEqualTo(200);
        assertThat(result.mediaSequence()).isEqualTo(102);
        assertThat(result.targetDurationSeconds()).isEqualTo(2.0);
        assertThat(result.latencyMs()).isBetween(0L, 30_000L);
        assertThat(result.warnings()).isEmpty();
        assertThat(result.lookAgainAfter()).isEqualTo(Duration.ofSeconds(4));
        assertThat(result.checkedAt()).isEqualTo(ProberRig.START);
        rig.comesFree();
    }

    @Test
    void asksWithPlainGetsForTheListAndTheFirst16KibOfTheNewestSegment() {
        serves(100);
        first();

        assertThat(server.paths()).containsExactly("/cam/live.m3u8", "/cam/seg102.ts");
        ScriptedServer.Request list = server.requests().get(0);
        ScriptedServer.Request segment = server.requests().get(1);
        assertThat(list.head()).startsWith("GET ");
        assertThat(list.header("Host")).isEqualTo("127.0.0.1:" + server.port());
        assertThat(list.header("Range")).isNull();
        assertThat(segment.header("Range")).isEqualTo("bytes=0-16355");
        assertThat(segment.head().toLowerCase(Locale.ROOT))
                .doesNotContain("transfer-encoding")
                .doesNotContain("content-length");
    }

    @Test
    void answerToARangeIsTakenAsWell() {
        serves(100);
        byte[] head = Samples.ts(87);
        server.on(
                "/cam/seg102.ts",
                ScriptedServer.raw(
                        ScriptedServer.head(
                                206,
                                "Partial Content",
                                head.length,
                                "video/mp2t",
                                "Content-Range: bytes 0-16355/900000"),
                        head));

        assertThat(first().status()).isEqualTo(HlsStatus.SUCCESS);
    }

    @Test
    void gzippedPlaylistIsUnpacked() throws Exception {
        serves(100);
        byte[] packed = Samples.gzip(Samples.live(100, 3).getBytes(UTF_8));
        server.on(
                "/cam/live.m3u8",
                ScriptedServer.ok(
                        "application/x-mpegURL; charset=utf-8", packed, "Content-Encoding: gzip"));

        HlsResult result = first();

        assertThat(result.status()).isEqualTo(HlsStatus.SUCCESS);
        assertThat(result.warnings()).isEmpty();
    }

    @Test
    void chunkedPlaylistIsRead() {
        serves(100);
        String list = Samples.live(100, 3);
        server.on(
                "/cam/live.m3u8",
                ScriptedServer.raw(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + Integer.toHexString(list.length())
                                + "\r\n"
                                + list
                                + "\r\n0\r\n\r\n"));

        assertThat(first().status()).isEqualTo(HlsStatus.SUCCESS);
    }

    @Test
    void answerWithoutALengthEndsWithItsConnection() {
        serves(100);
        server.on(
                "/cam/live.m3u8",
                ScriptedServer.raw("HTTP/1.0 200 OK\r\n\r\n" + Samples.live(100, 3)));

        assertThat(first().status()).isEqualTo(HlsStatus.SUCCESS);
    }

    @Test
    void newestSegmentThatIsLateIsAWarningWhereTheOneBeforeIsWell() {
        serves(100);
        server.on("/cam/seg102.ts", ScriptedServer.status(404, "Not Found"));

        HlsResult result = first();

        assertThat(result.status()).isEqualTo(HlsStatus.SUCCESS);
        assertThat(result.warnings()).containsExactly(HlsReason.SEGMENT_LATE);
        assertThat(result.detail()).contains("404");
    }

    @Test
    void missingTargetDurationAndWrongMimeAreWarnings() {
        serves(100);
        String list = Samples.live(100, 3).replace("#EXT-X-TARGETDURATION:2\n", "");
        server.on("/cam/live.m3u8", ScriptedServer.ok("text/html", list.getBytes(UTF_8)));

        HlsResult result = first();

        assertThat(result.status()).isEqualTo(HlsStatus.SUCCESS);
        assertThat(result.warnings())
                .containsExactlyInAnyOrder(HlsReason.WRONG_MIME, HlsReason.NO_TARGETDURATION);
        assertThat(result.targetDurationSeconds()).isNull();
        assertThat(result.lookAgainAfter()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void changedTargetDurationIsAWarning() {
        serves(100);
        HlsResult first = first();
        server.on(
                "/cam/live.m3u8",
                ScriptedServer.list(Samples.live(101, 2).replace("DURATION:2", "DURATION:4")));
        passes(2);

        assertThat(probe(first).warnings()).containsExactly(HlsReason.NO_TARGETDURATION);
    }

    @Test
    void segmentThatLoadsSlowerThanHalfRealTimeIsAWarning() {
        serves(100);
        byte[] body = Samples.ts(87);
        byte[] head =
                ScriptedServer.head(
                        206,
                        "Partial Content",
                        body.length,
                        "video/mp2t",
                        "Content-Range: bytes 0-16355/" + body.length * 100L);
        ScriptedServer.Reply slow =
                new ScriptedServer.Reply(
                        reactor.core.publisher.Flux.just(
                                        head,
                                        java.util.Arrays.copyOf(body, 8000),
                                        java.util.Arrays.copyOfRange(body, 8000, body.length))
                                .delayElements(Duration.ofMillis(60)),
                        ScriptedServer.Reply.End.CLOSE);
        server.on("/cam/seg102.ts", slow);

        HlsResult result = first();

        assertThat(result.status()).isEqualTo(HlsStatus.SUCCESS);
        assertThat(result.warnings()).containsExactly(HlsReason.SLOW);
    }
}
