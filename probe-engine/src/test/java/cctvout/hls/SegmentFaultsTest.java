package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import cctvout.hls.ScriptedServer.Reply;
import cctvout.hls.ScriptedServer.Reply.End;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import reactor.core.publisher.Flux;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What a segment, or its initialization section, can be instead of media. */
class SegmentFaultsTest extends StreamCase {

    private HlsResult segment(@Nullable Reply newest, @Nullable Reply previous) {
        server.on("/e.m3u8", ScriptedServer.list(Samples.live(0, 2)));
        if (newest != null) {
            server.on("/seg1.ts", newest);
        }
        if (previous != null) {
            server.on("/seg0.ts", previous);
        }
        return rig.probe(server.url("/e.m3u8"));
    }

    private static void is(HlsReason reason, HlsResult result) {
        assertThat(result.reason()).as(result.toString()).isEqualTo(reason);
        assertThat(result.status()).isEqualTo(reason.status());
    }

    @Test
    void newestAndTheOneBeforeAreMissing() {
        HlsResult result = segment(null, null);

        is(HlsReason.SEGMENT_404, result);
        assertThat(result.httpStatus()).isEqualTo(404);
        assertThat(server.paths()).containsExactly("/e.m3u8", "/seg1.ts", "/seg0.ts");
    }

    @Test
    void onlySegmentIsMissing() {
        is(HlsReason.SEGMENT_404, entry(ScriptedServer.list(Samples.live(0, 1))));
    }

    @Test
    void segmentsThatWantASession() {
        Reply forbidden = ScriptedServer.status(403, "Forbidden");

        is(HlsReason.SESSION_LOST, segment(forbidden, forbidden));
    }

    @ParameterizedTest
    @CsvSource({"500, HTTP_5XX", "429, RATE_LIMITED", "416, SEGMENT_EMPTY", "204, SEGMENT_EMPTY"})
    void statusAtTheSegment(int status, HlsReason reason) {
        is(reason, segment(ScriptedServer.status(status, "X"), null));
    }

    @Test
    void segmentThatIsNoMedia() {
        HlsResult html =
                segment(
                        ScriptedServer.ok("video/mp2t", "<html>".repeat(300).getBytes(UTF_8)),
                        null);

        is(HlsReason.SEGMENT_NOT_MEDIA, html);
        assertThat(html.detail()).contains("HTML");
        is(HlsReason.SEGMENT_NOT_MEDIA, segment(ScriptedServer.ts(new byte[20_000]), null));
    }

    @Test
    void segmentOfZeroBytes() {
        is(HlsReason.SEGMENT_EMPTY, segment(ScriptedServer.ts(new byte[0]), null));
    }

    @Test
    void segmentWithoutVideo() {
        is(HlsReason.NO_VIDEO, segment(ScriptedServer.ts(Samples.ts(50, 0x0f)), null));
    }

    @Test
    void segmentThatNeverComesOrStalls() {
        ProberRig hasty = new ProberRig(ProberRig.respondWithin(Duration.ofSeconds(2)));
        server.on("/e.m3u8", ScriptedServer.list(Samples.live(0, 2)));

        server.on("/seg1.ts", ScriptedServer.silence());
        is(HlsReason.SEGMENT_TIMEOUT, hasty.probe(server.url("/e.m3u8")));
        server.on(
                "/seg1.ts",
                ScriptedServer.raw(ScriptedServer.head(200, "OK", 90_000, "a/b"), Samples.ts(9))
                        .then(End.HANG));
        is(HlsReason.SEGMENT_TIMEOUT, hasty.probe(server.url("/e.m3u8")));
    }

    @Test
    void segmentOfAGigabyteIsLeftAfterItsHead() throws Exception {
        byte[] block = Samples.ts(300);
        Reply gigabyte =
                new Reply(
                        Flux.concat(
                                Flux.just(ScriptedServer.head(200, "OK", 1L << 30, "video/mp2t")),
                                Flux.range(0, 20_000).map(_ -> block)),
                        End.CLOSE);

        is(HlsReason.FRESHNESS_UNPROVEN, segment(gigabyte, null));
        assertThat(server.closed().tryAcquire(2, 10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void initializationSectionIsMissingOrIsNone() {
        server.on("/s.mp4", ScriptedServer.ok("video/mp4", Samples.box("moof", 100)));
        Reply list = ScriptedServer.list("#EXTM3U\n#EXT-X-MAP:URI=\"i.mp4\"\n#EXTINF:2,\ns.mp4\n");

        is(HlsReason.INIT_404, entry(list));
        server.on("/i.mp4", ScriptedServer.ok("video/mp4", new byte[0]));
        is(HlsReason.INIT_404, entry(list));
        server.on("/i.mp4", ScriptedServer.ok("video/mp4", "<html>".getBytes(UTF_8)));
        is(HlsReason.SEGMENT_NOT_MEDIA, entry(list));
    }
}
