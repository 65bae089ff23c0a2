package cctvout.recipient;

import cctvout.camera.Violation;

import java.util.List;
import java.util.stream.Collectors;

/** What was given is no recipient: 400, with each field and what is wrong with it. */
public final class InvalidRecipientException extends IllegalArgumentException {

    private final transient List<Violation> violations;

    public InvalidRecipientException(List<Violation> violations) {
        super(
                violations.stream()
                        .map(violation -> violation.field() + ": " + violation.reason())
                        .collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** Fields as in the JSON, such as {@code channels[1].url}; values are left out: secrets. */
    public List<Violation> violations() {
        return violations;
    }
}
