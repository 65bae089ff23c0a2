package cctvout.simulator;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What a connection is to do about a request. The arrays are shared: nobody writes into them. */
sealed interface Reply {

    /** All at once: of the body, {@code length} bytes from {@code from} on. */
    record Whole(byte[] head, byte[] body, int from, int length) implements Reply {}

    /** All at once, later. */
    record Late(Whole reply, Duration after) implements Reply {}

    /** The head at once, then byte by byte. */
    record Drip(byte[] head, byte[] body, Duration every) implements Reply {}

    /**
     * The head at once, then so many bytes of one block over and over, as fast as they are read.
     */
    record Flood(byte[] head, byte[] block, long bytes) implements Reply {}

    /** The connection ends with RST. */
    record Reset() implements Reply {}

    /** Nothing at all. */
    record Silence() implements Reply {}

    String PLAYLIST = "application/vnd.apple.mpegurl";
    String MEDIA = "video/MP2T";

    static Whole status(String status, String... fields) {
        return new Whole(head(status, null, 0, fields), new byte[0], 0, 0);
    }

    static Whole body(String type, byte[] bytes, String... fields) {
        return part("200 OK", type, bytes, 0, bytes.length, fields);
    }

    /** Of the bytes, those from {@code from} to before {@code to}. */
    static Whole part(
            String status, String type, byte[] bytes, int from, int to, String... fields) {
        return new Whole(head(status, type, to - from, fields), bytes, from, to - from);
    }

    /**
     * A head with the fields that every answer has.
     *
     * @param status code and reason phrase
     * @param fields further ones, whole lines without their ends
     */
    static byte[] head(String status, @Nullable String type, long length, String... fields) {
        var head = new StringBuilder(256).append("HTTP/1.1 ").append(status);
        head.append("\r\nAccess-Control-Allow-Origin: *\r\nCache-Control: no-cache");
        if (type != null) {
            head.append("\r\nContent-Type: ").append(type);
        }
        head.append("\r\nContent-Length: ").append(length);
        for (String field : fields) {
            head.append("\r\n").append(field);
        }
        return head.append("\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
