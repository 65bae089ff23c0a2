package cctvout.camera;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

import java.util.regex.Pattern;

/**
 * A camera's name in the registry, unique in a city.
 *
 * @param value letters, digits and {@code - _ . :}, 1 to 64 characters
 */
public record CameraId(@JsonValue String value) implements Comparable<CameraId> {

    public static final int MAX_LENGTH = 64;

    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}_.:-]{1,64}");

    @JsonCreator
    public CameraId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "id: letters, digits and - _ . :, 1 to " + MAX_LENGTH + " characters");
        }
    }

    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
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
