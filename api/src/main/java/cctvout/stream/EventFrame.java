package cctvout.stream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Server-sent events as bytes (WHATWG HTML, 9.2.5). Encoded here and not by Spring: once for all
 * clients.
 */
final class EventFrame {

    private EventFrame() {}

    /** An event that a client resumes after. */
    static byte[] numbered(long id, String type, String json) {
        return bytes("id: " + id + "\nevent: " + type + "\ndata: " + oneLine(json) + "\n\n");
    }

    /** An event of the moment, not replayed. */
    static byte[] passing(String type, String json) {
        return bytes("event: " + type + "\ndata: " + oneLine(json) + "\n\n");
    }

    static byte[] opening(Duration retry) {
        return bytes("retry: " + retry.toMillis() + "\n\n");
    }

    /** Where a client resumes that has had no numbered event yet; dispatches no event. */
    static byte[] place(long id) {
        return bytes("id: " + id + "\n\n");
    }

    static byte[] heartbeat() {
        return bytes(": still here\n\n");
    }

    /** A heartbeat that moves a filtered client's place of resumption on; dispatches no event. */
    static byte[] heartbeat(long id) {
        return bytes("id: " + id + "\n: still here\n\n");
    }

    /** In JSON a raw line break can only stand between tokens. */
    private static String oneLine(String json) {
        return json.indexOf('\n') < 0 && json.indexOf('\r') < 0
                ? json
                : json.replace('\n', ' ').replace('\r', ' ');
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
