package cctvout.kafka;

import cctvout.camera.CameraChange;
import cctvout.log.Json;
import cctvout.log.LogEntry;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;

/**
 * One record for downstream, with the attributes of a CloudEvent (CloudEvents 1.0).
 *
 * @param key camera id; of what concerns no single camera the outage's id, else the alarm's, else
 *     its own. Records of one key stay in order
 * @param id the same on every repeat: the log's number, or {@code camera-} and the registry's
 * @param time when it happened; of a camera, when it was published
 * @param value one line of JSON, as REST and the live stream show it; null: the camera was deleted
 */
record OutboundEvent(
        String topic,
        String key,
        String id,
        String type,
        String subject,
        Instant time,
        @Nullable String value) {

    private static final String TYPES = "cctvout.";
    private static final List<String> COMMON = List.of("cameraId", "outageId", "alarmId");

    static OutboundEvent of(LogEntry entry) {
        return new OutboundEvent(
                KafkaTopics.of(entry.type()),
                key(entry),
                Long.toString(entry.seq()),
                TYPES + entry.type(),
                entry.subject(),
                entry.at(),
                entry.body());
    }

    /**
     * @param json of the camera, as REST shows it; null where it was removed
     */
    static OutboundEvent of(CameraChange change, @Nullable String json, Instant now) {
        String camera = change.id().value();
        return new OutboundEvent(
                KafkaTopics.CAMERAS,
                camera,
                "camera-" + change.revision(),
                TYPES + (json == null ? "camera.removed" : "camera.saved"),
                camera,
                now,
                json);
    }

    private static String key(LogEntry entry) {
        String camera = entry.cameraId();
        if (camera != null) {
            return camera;
        }
        JsonNode body = Json.read(entry.body(), JsonNode.class);
        for (String field : COMMON) {
            String id = body.path(field).asString("");
            if (!id.isEmpty()) {
                return id;
            }
        }
        return entry.subject();
    }
}
