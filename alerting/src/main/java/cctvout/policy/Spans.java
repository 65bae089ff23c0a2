package cctvout.policy;

import cctvout.camera.CameraInterval;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** Durations of a body, as {@code 30m} or {@code PT30M}. */
final class Spans {

    private Spans() {}

    /**
     * @throws IllegalArgumentException that names the field
     */
    static Duration required(String field, @Nullable String text) {
        Duration given = optional(field, text);
        if (given == null) {
            throw new IllegalArgumentException(field + ": is required");
        }
        return given;
    }

    static @Nullable Duration optional(String field, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return CameraInterval.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(field + ": " + malformed.getMessage(), malformed);
        }
    }
}
