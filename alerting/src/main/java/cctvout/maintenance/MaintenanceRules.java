package cctvout.maintenance;

import cctvout.camera.CameraCheck;
import cctvout.record.InvalidRecordException;
import cctvout.record.RecordId;
import cctvout.record.Violation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a maintenance window must be, checked when it is written. */
public final class MaintenanceRules {

    public static final int MAX_NAME = 200;
    public static final int MAX_REASON = 2000;
    public static final int MAX_LIST = 1000;

    /** Of one that is once. */
    public static final Duration LONGEST = Duration.ofDays(366);

    private MaintenanceRules() {}

    /**
     * @param fresh it is new, so that it must not be over yet
     * @throws InvalidRecordException with all that is wrong
     */
    public static void check(MaintenanceWindow window, boolean fresh, Instant now) {
        List<Violation> problems = new ArrayList<>();
        if (!RecordId.isValid(window.id())) {
            refuse(problems, "id", RecordId.FORM);
        }
        text(problems, "name", window.name(), MAX_NAME);
        if (window.reason() != null) {
            text(problems, "reason", window.reason(), MAX_REASON);
        }
        scope(problems, window.scope());
        times(problems, window);
        if (fresh && problems.isEmpty() && window.enabled() && window.next(now) == null) {
            String field = window.repeat() == null ? "endsAt" : "repeat.until";
            refuse(problems, field, "is over already");
        }
        if (!problems.isEmpty()) {
            throw new InvalidRecordException(problems);
        }
    }

    private static void scope(List<Violation> problems, Scope scope) {
        if (scope.isEmpty()) {
            refuse(
                    problems,
                    "scope",
                    "names nothing: cameras, lines, sites, vendors or districts, or \"everything\":"
                            + " true");
        }
        list(problems, "scope.cameras", scope.cameras());
        list(problems, "scope.lines", scope.lines());
        list(problems, "scope.sites", scope.sites());
        list(problems, "scope.vendors", scope.vendors());
        list(problems, "scope.districts", scope.districts());
    }

    private static void times(List<Violation> problems, MaintenanceWindow window) {
        if (window.repeat() != null) {
            if (window.startsAt() != null || window.endsAt() != null) {
                refuse(problems, "repeat", "not together with startsAt and endsAt");
            }
            repeat(problems, window.repeat());
            return;
        }
        Instant from = window.startsAt();
        Instant to = window.endsAt();
        if (from == null || to == null) {
            refuse(
                    problems,
                    from == null ? "startsAt" : "endsAt",
                    "is required, or repeat in its place");
        } else if (!from.isBefore(to)) {
            refuse(problems, "endsAt", "is not after startsAt, " + from);
        } else if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            refuse(problems, "endsAt", "more than %d days".formatted(LONGEST.toDays()));
        }
    }

    private static void repeat(List<Violation> problems, Repeat repeat) {
        if (repeat.days().isEmpty()) {
            refuse(problems, "repeat.days", "at least one of MONDAY to SUNDAY");
        }
        Duration lasts = repeat.duration();
        if (lasts.compareTo(Repeat.SHORTEST) < 0 || lasts.compareTo(Repeat.LONGEST) > 0) {
            refuse(problems, "repeat.duration", "between 1 minute and 7 days");
        }
    }

    private static void list(List<Violation> problems, String field, List<String> values) {
        if (values.size() > MAX_LIST) {
            refuse(problems, field, "more than " + MAX_LIST);
        }
        for (int i = 0; i < Math.min(values.size(), MAX_LIST); i++) {
            text(problems, field + "[" + i + "]", values.get(i), MAX_NAME);
        }
    }

    private static void text(List<Violation> problems, String field, String value, int limit) {
        if (value.isBlank() || value.length() > limit) {
            refuse(problems, field, "1 to " + limit + " characters");
        } else if (value.indexOf('\0') >= 0) {
            refuse(problems, field, "holds a NUL character");
        } else if (!field.equals("reason") && CameraCheck.anyUnprintable(value)) {
            refuse(problems, field, "no control characters");
        }
    }

    private static void refuse(List<Violation> problems, String field, String reason) {
        problems.add(new Violation(field, null, reason));
    }
}
