package cctvout.record;

import java.util.List;
import java.util.stream.Collectors;

/** What was given cannot be kept: 400, with each field and what is wrong with it. */
public final class InvalidRecordException extends IllegalArgumentException {

    private final transient List<Violation> violations;

    public InvalidRecordException(List<Violation> violations) {
        super(
                violations.stream()
                        .map(violation -> violation.field() + ": " + violation.reason())
                        .collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** Fields as in the JSON, such as {@code channels[1].url}. */
    public List<Violation> violations() {
        return violations;
    }
}
