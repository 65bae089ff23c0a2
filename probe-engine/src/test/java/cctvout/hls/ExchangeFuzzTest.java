package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Whole exchanges of any bytes, over a socket: always one verdict. Seeds are fixed. */
class ExchangeFuzzTest extends StreamCase {

    private static byte[] answer(String head, byte[] body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(ISO_8859_1));
        all.writeBytes(body);
        return all.toByteArray();
    }

    /** Answers as servers give them, to be spoilt. */
    private static List<byte[]> lists() throws Exception {
        byte[] live = Samples.live(7, 2).getBytes(ISO_8859_1);
        byte[] variants = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nv.m3u8\n".getBytes(ISO_8859_1);
        byte[] packed = Samples.gzip(live);
        String chunk = Integer.toHexString(live.length) + "\r\n";
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk;
        return List.of(
                answer("HTTP/1.1 200 OK\r\nContent-Length: " + live.length + "\r\n\r\n", live),
                answer("HTTP/1.0 200 OK\r\nSet-Cookie: a=b; Path=/\r\n\r\n", variants),
                answer("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n", packed),
                answer(
                        chunked,
                        answer(new String(live, ISO_8859_1), "\r\n0\r\n\r\n".getBytes(ISO_8859_1))),
                answer(
                        "HTTP/1.1 302 Found\r\nLocation: /v.m3u8\r\nContent-Length: 0\r\n\r\n",
                        new byte[0]),
                answer("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", live));
    }

    private static List<byte[]> segments() {
        byte[] fragment = Samples.fragment(9000);
        return List.of(
                answer("HTTP/1.1 200 OK\r\n\r\n", Samples.tsAt(900_000)),
                answer(
                        "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-9/99\r\n\r\n",
                        Samples.ts(20)),
                answer("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n", fragment));
    }

    private static byte[] spoilt(byte[] whole, Random random) {
        byte[] bytes = whole.clone();
        for (int changes = random.nextInt(8); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes = Arrays.copyOf(bytes, at);
                case 2 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                default -> {
                    byte[] more = new byte[random.nextInt(64)];
                    random.nextBytes(more);
                    bytes = answer(new String(bytes, ISO_8859_1), more);
                }
            }
        }
        return bytes;
    }

    @RepeatedTest(5)
    void spoiltAnswersGiveOneVerdictEach(RepetitionInfo turn) throws Exception {
        Random random = new Random(turn.getCurrentRepetition());
        List<byte[]> lists = lists();
        List<byte[]> segments = segments();
        Edge before = null;
        for (int i = 0; i < 60; i++) {
            byte[] list = spoilt(lists.get(random.nextInt(lists.size())), random);
            byte[] child = spoilt(lists.get(0), random);
            byte[] segment = spoilt(segments.get(random.nextInt(segments.size())), random);
            server.on("/l.m3u8", ScriptedServer.raw(list));
            server.on("/v.m3u8", ScriptedServer.raw(child));
            server.on("/seg8.ts", ScriptedServer.raw(segment));

            HlsResult result = rig.probe(server.url("/l.m3u8"), before);

            assertThat(result.reason())
                    .as(() -> result + " of " + new String(list, ISO_8859_1))
                    .isNotEqualTo(HlsReason.PROBER_OVERLOAD);
            before = result.edge();
        }
    }

    @Test
    void spoiltGzipIsRefusedOrUnpackedUpToTheCap() throws Exception {
        Random random = new Random(4);
        byte[] packed = Samples.gzip(Samples.live(1, 200).getBytes(ISO_8859_1));
        for (int i = 0; i < 4000; i++) {
            byte[] spoilt = spoilt(packed, random);
            try {
                assertThat(Gzip.unpack(spoilt, 5000).length).isLessThanOrEqualTo(5000);
            } catch (StreamFault fault) {
                assertThat(fault.reason()).isIn(HlsReason.NOT_A_PLAYLIST, HlsReason.BODY_TOO_LARGE);
            }
        }
    }

    @Test
    void boxesOfAnyBytesAreReadInLinearTime() {
        Random random = new Random(8);
        byte[] init = Samples.init("soun", "vide", "soun");
        byte[] fragment = Samples.fragment(5);
        for (int i = 0; i < 20_000; i++) {
            byte[] spoilt = spoilt(i % 2 == 0 ? init : fragment, random);
            FragmentedMp4 file = new FragmentedMp4(spoilt, spoilt.length);
            assertThat(file.decodeTime()).isGreaterThanOrEqualTo(-1);
            file.withoutVideo();
        }
        byte[] many = new byte[16 * 1024 * 1024];
        for (int at = 0; at < many.length; at += 8) {
            System.arraycopy(Samples.box("trak", 8), 0, many, at, 8);
        }
        System.arraycopy(new byte[] {1, 0, 0, 0, 'm', 'o', 'o', 'v'}, 0, many, 0, 8);
        Instant begun = Instant.now();
        FragmentedMp4 hostile = new FragmentedMp4(many, many.length);
        hostile.withoutVideo();
        hostile.decodeTime();
        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void transportStreamsOfAnyBytesTellATimeOrNone() {
        Random random = new Random(9);
        byte[] stream = Samples.tsAt(1L << 32);
        for (int i = 0; i < 20_000; i++) {
            byte[] spoilt = spoilt(stream, random);
            assertThat(TransportStream.firstPts(spoilt, spoilt.length))
                    .isBetween(-1L, (1L << 33) - 1);
            TransportStream.withoutVideo(spoilt, spoilt.length);
        }
    }
}
