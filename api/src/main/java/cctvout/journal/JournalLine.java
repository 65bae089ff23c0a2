package cctvout.journal;

import cctvout.log.LogEntry;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An event of the log as a line.
 *
 * @param text a plain sentence
 * @param fields its ids and what it says, by name
 */
record JournalLine(String text, Map<String, Object> fields) {

    static JournalLine of(LogEntry entry, JsonMapper json) {
        JsonNode body = json.readTree(entry.body());
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seq", entry.seq());
        fields.put("event", entry.type());
        if (entry.cameraId() != null) {
            fields.put("cameraId", entry.cameraId());
        }
        return switch (entry.type()) {
            case LogEntry.TRANSITION -> transition(entry, body, fields);
            case LogEntry.ISSUE -> issue(entry, body, fields);
            case LogEntry.NOTIFICATION -> notification(entry, body, fields);
            default -> new JournalLine(entry.type() + " " + entry.subject(), fields);
        };
    }

    private static JournalLine transition(
            LogEntry entry, JsonNode body, Map<String, Object> fields) {
        take(body, "to", fields, "verdict");
        take(body, "reason", fields, "reason");
        return new JournalLine(
                "camera %s: %s, was %s (%s)"
                        .formatted(
                                entry.subject(),
                                text(body, "to"),
                                text(body, "from"),
                                text(body, "reason")),
                fields);
    }

    private static JournalLine issue(LogEntry entry, JsonNode body, Map<String, Object> fields) {
        fields.put("issueId", entry.subject());
        take(body, "outageId", fields, "outageId");
        take(body, "kind", fields, "kind");
        take(body, "status", fields, "status");
        return new JournalLine(
                "issue %s: %s %s"
                        .formatted(entry.subject(), text(body, "kind"), text(body, "status")),
                fields);
    }

    private static JournalLine notification(
            LogEntry entry, JsonNode body, Map<String, Object> fields) {
        fields.put("notificationId", entry.subject());
        take(body, "issueId", fields, "issueId");
        take(body, "outageId", fields, "outageId");
        take(body, "recipientId", fields, "recipientId");
        take(body, "channel", fields, "channel");
        take(body, "status", fields, "status");
        return new JournalLine(
                "notification %s: %s to %s by %s %s"
                        .formatted(
                                entry.subject(),
                                text(body, "event"),
                                text(body, "recipientId"),
                                text(body, "channel"),
                                text(body, "status")),
                fields);
    }

    private static void take(JsonNode body, String name, Map<String, Object> fields, String as) {
        if (body.hasNonNull(name)) {
            fields.put(as, body.get(name).asString());
        }
    }

    private static String text(JsonNode body, String name) {
        return body.path(name).asString("-");
    }
}
