package cctvout.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a brand of server answers. Called by one request at a time. */
interface BrandScript {

    /** Of RFC 8216; servers differ in what they call it. */
    String LIST = "application/vnd.apple.mpegurl";

    TransportStream MEDIA = new TransportStream(Duration.ofMillis(Encoder.SEGMENT_MS));

    /**
     * @param path without query
     * @param query without question mark, empty where there is none
     * @param cookie value of the header, empty where there is none
     */
    record Ask(String path, String query, String cookie, long nowMs) {}

    /**
     * @param later ask again in a moment: nothing is answered yet
     */
    record Reply(int status, Map<String, String> headers, byte[] body, boolean later) {

        static Reply list(String text) {
            return new Reply(200, Map.of("Content-Type", LIST), text.getBytes(UTF_8), false);
        }

        static Reply media(String type, byte[] body) {
            return new Reply(200, Map.of("Content-Type", type), body, false);
        }

        static Reply status(int status) {
            return new Reply(status, Map.of("Content-Type", "text/html"), new byte[0], false);
        }

        static Reply redirect(String location) {
            return new Reply(302, Map.of("Location", location), new byte[0], false);
        }

        static Reply notYet() {
            return new Reply(0, Map.of(), new byte[0], true);
        }

        Reply with(String header, String value) {
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.put(header, value);
            return new Reply(status, all, body, later);
        }
    }

    Reply answer(Ask ask, Encoder.Moment encoder);

    /** A transport stream segment that is at its place in time. */
    static Reply segment(long number) {
        return Reply.media("video/mp2t", MEDIA.segment(number));
    }

    /** The last digits of a name such as {@code cam-17.ts}; -1 without any. */
    static long number(String path) {
        int end = path.lastIndexOf('.');
        int from = end;
        while (from > 0 && Character.isDigit(path.charAt(from - 1))) {
            from--;
        }
        return from < 0 || from == end ? -1 : Long.parseLong(path.substring(from, end));
    }

    /** A media playlist of three segments at most, up to the newest. */
    static String list(List<String> head, long newest, String prefix, String end) {
        StringBuilder text = new StringBuilder("#EXTM3U").append(end);
        long first = Math.max(0, newest - 2);
        head.forEach(tag -> text.append(tag).append(end));
        text.append("#EXT-X-MEDIA-SEQUENCE:").append(first).append(end);
        for (long number = first; number <= newest; number++) {
            text.append("#EXTINF:2.000,").append(end);
            text.append(prefix).append(number).append(".ts").append(end);
        }
        return text.toString();
    }
}
