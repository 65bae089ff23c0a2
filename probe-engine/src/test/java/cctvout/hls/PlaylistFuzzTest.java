package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Seeds are fixed: what fails once fails again. */
class PlaylistFuzzTest {

    private static final List<String> REAL =
            List.of(
                    Samples.live(100, 6),
                    Samples.live(100, 3).replace("\n", "\r\n"),
                    "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS=\"avc1,mp4a\"\nb.m3u8?x=1\n",
                    "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXT-X-MAP:URI=\"i\",BYTERANGE=\"7@0\"\n"
                            + "#EXT-X-KEY:METHOD=AES-128,URI=\"k\"\n#EXT-X-SKIP:SKIPPED-SEGMENTS=3\n"
                            + "#EXT-X-GAP\n#EXTINF:4,\n#EXT-X-BYTERANGE:10@7\na\n"
                            + "#EXT-X-PART:DURATION=1,URI=\"p\",GAP=YES,BYTERANGE=\"1@2\"\n#EXT-X-ENDLIST\n");

    private static final List<String> TOKENS =
            List.of(
                    "#EXTM3U",
                    "#EXTINF:",
                    "#EXT-X-KEY:",
                    "#EXT-X-BYTERANGE:",
                    "METHOD=AES-128",
                    "\"",
                    ",",
                    "=",
                    "@",
                    ":",
                    "-",
                    "999999999999999999",
                    "\r",
                    "\n",
                    "\u0000",
                    "#EXT-X-SKIP:SKIPPED-SEGMENTS=999999999999999999\n",
                    "#EXT-X-MEDIA-SEQUENCE:");

    private final Random random = new Random(20260101);

    @Test
    void randomBytesGiveAValue() {
        for (int i = 0; i < 20_000; i++) {
            byte[] body = new byte[random.nextInt(400)];
            random.nextBytes(body);
            takesWell(body);
            byte[] headed = "#EXTM3U\n".getBytes(UTF_8);
            byte[] both = Arrays.copyOf(headed, headed.length + body.length);
            System.arraycopy(body, 0, both, headed.length, body.length);
            takesWell(both);
        }
    }

    @Test
    void mutatedPlaylistsGiveAValue() {
        for (int i = 0; i < 40_000; i++) {
            takesWell(mutated(REAL.get(random.nextInt(REAL.size()))));
        }
    }

    private byte[] mutated(String text) {
        StringBuilder mutated = new StringBuilder(text);
        for (int changes = 1 + random.nextInt(6); changes > 0 && !mutated.isEmpty(); changes--) {
            int at = random.nextInt(mutated.length());
            switch (random.nextInt(4)) {
                case 0 -> mutated.setCharAt(at, (char) random.nextInt(256));
                case 1 -> mutated.insert(at, TOKENS.get(random.nextInt(TOKENS.size())));
                case 2 -> mutated.delete(at, Math.min(mutated.length(), at + random.nextInt(20)));
                default -> mutated.append(mutated, at, Math.min(mutated.length(), at + 40));
            }
        }
        return mutated.toString().getBytes(UTF_8);
    }

    private static void takesWell(byte[] body) {
        assertThatCode(
                        () -> {
                            assertThat(Playlist.parse(body, body.length)).isNotNull();
                            MediaSniffer.kind(body, body.length, false, -1);
                            MediaSniffer.kind(body, body.length, true, body.length);
                            MediaSniffer.describe(body);
                            TransportStream.withoutVideo(body, body.length);
                        })
                .as(() -> Arrays.toString(body))
                .doesNotThrowAnyException();
    }

    @Test
    void mutatedTransportStreamsGiveAValue() {
        byte[] stream = Samples.ts(20);
        for (int i = 0; i < 40_000; i++) {
            byte[] mutated = Arrays.copyOf(stream, random.nextInt(stream.length));
            for (int changes = random.nextInt(12); changes > 0 && mutated.length > 0; changes--) {
                int at = random.nextInt(Math.min(mutated.length, 400));
                mutated[at] = (byte) random.nextInt(256);
            }
            takesWell(mutated);
        }
    }

    /** Twice the input takes about twice the time: patterns that are slow where that is not so. */
    @Test
    void hostileInputOfHalfAMegabyteIsParsedInLinearTime() {
        List<String> patterns =
                List.of(
                        "\n",
                        "\r",
                        "a",
                        "=",
                        "\"",
                        ",",
                        "A=\"b,",
                        "#EXTINF:1,\na\n",
                        "#EXT-X-KEY:",
                        "#EXT-X-KEY:A=B,",
                        "#EXT-X-STREAM-INF:CODECS=\"a,\"\nx\n",
                        "#EXT-X-GAP\n",
                        "#EXT-X-PART:URI=\"a\",",
                        "#EXT-X-PART:URI=\"a\"\n",
                        " ",
                        "\u0000");
        for (String pattern : patterns) {
            for (String start : List.of("#EXTM3U\n", "#EXTM3U\n#EXT-X-STREAM-INF:CODECS=\"", "")) {
                byte[] body =
                        (start + pattern.repeat(512 * 1024 / pattern.length())).getBytes(UTF_8);
                Instant begun = Instant.now();
                takesWell(body);
                // quadratic would be minutes
                assertThat(Duration.between(begun, Instant.now()))
                        .as(pattern)
                        .isLessThan(Duration.ofSeconds(3));
            }
        }
    }
}
