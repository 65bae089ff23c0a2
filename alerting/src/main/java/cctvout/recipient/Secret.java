package cctvout.recipient;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A value that is written and never shown: in JSON and as text it is {@link #MASK}. Whoever writes
 * the mask back keeps the stored value.
 */
public final class Secret {

    public static final String MASK = "********";

    private final String value;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Secret(String value) {
        this.value = value;
    }

    /** The value itself, for the channel that needs it. */
    public String reveal() {
        return value;
    }

    boolean isMask() {
        return value.equals(MASK);
    }

    @JsonValue
    String masked() {
        return MASK;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return MASK;
    }
}
