package cctvout.camera;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A camera's name in the registry, unique in a city.
 *
 * @param value letters, digits and {@code - _ . :}, 1 to 64 characters, neither {@code .} nor
 *     {@code ..}
 */
public record CameraId(@JsonValue String value) implements Comparable<CameraId> {

    public static final int MAX_LENGTH = 64;

    @JsonCreator
    public CameraId {
        if (!isValid(value)) {
            throw new IllegalArgumentException(
                    "id: letters, digits and - _ . :, 1 to "
                            + MAX_LENGTH
                            + " characters, neither . nor ..");
        }
    }

    public static boolean isValid(String value) {
        int length = 0;
        for (int i = 0; i < value.length(); length++) {
            int c = value.codePointAt(i);
            if (!isPart(c)) {
                return false;
            }
            i += Character.charCount(c);
        }
        return length >= 1 && length <= MAX_LENGTH && !isRelative(value);
    }

    /** As part of a path it would lead elsewhere, whoever asks (RFC 3986, 5.2.4). */
    private static boolean isRelative(String value) {
        return value.equals(".") || value.equals("..");
    }

    // asked of each row that is read: no pattern
    private static boolean isPart(int c) {
        if (c < 0x80) {
            return c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= ':'
                    || c == '_'
                    || c == '.'
                    || c == '-';
        }
        return switch (Character.getType(c)) {
            case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
                    true;
            default -> Character.isLetter(c);
        };
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
