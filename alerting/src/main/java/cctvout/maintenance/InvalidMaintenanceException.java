package cctvout.maintenance;

import cctvout.camera.Violation;

import java.util.List;
import java.util.stream.Collectors;

/** What was given is no maintenance window: 400, with each field and why. */
public final class InvalidMaintenanceException extends IllegalArgumentException {

    private final transient List<Violation> violations;

    public InvalidMaintenanceException(List<Violation> violations) {
        super(
                violations.stream()
                        .map(violation -> violation.field() + ": " + violation.reason())
                        .collect(Collectors.joining("; ")));
        this.violations = List.copyOf(violations);
    }

    /** Fields as in the JSON, such as {@code scope.lines[1]}. */
    public List<Violation> violations() {
        return violations;
    }
}
