package cctvout.policy;

import cctvout.camera.Violation;

import java.util.List;
import java.util.stream.Collectors;

/** What was given is no policy, or one that leaves a gap: 400, with each field and why. */
public final class InvalidPolicyException extends IllegalArgumentException {

    private final transient List<Violation> violations;

    public InvalidPolicyException(List<Violation> violations) {
        super(
                violations.stream()
                        .map(violation -> violation.field() + ": " + violation.reason())
                        .collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** Fields as in the JSON, such as {@code tell.recipients[1]}. */
    public List<Violation> violations() {
        return violations;
    }
}
