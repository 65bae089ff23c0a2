package cctvout.camera;

import cctvout.record.RecordId;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A camera's name in the registry, unique in a city.
 *
 * @param value as {@link RecordId} says
 */
public record CameraId(@JsonValue String value) implements Comparable<CameraId> {

    public static final int MAX_LENGTH = RecordId.MAX_LENGTH;

    @JsonCreator
    public CameraId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("id: " + RecordId.FORM);
        }
    }

    public static boolean isValid(String value) {
        return RecordId.isValid(value);
    }

    @Override
    public int compareTo(CameraId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
