package cctvout.issue;

import cctvout.camera.CameraCheck;
import cctvout.record.InvalidRecordException;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a person changes of an issue; null leaves a field as it is, an empty text clears it.
 *
 * @param assignee up to {@link #MAX_ASSIGNEE} characters
 * @param details what was found and done, up to {@link #MAX_DETAILS} characters
 * @param plannedVisitAt {@link #NO_VISIT} clears it; a new one is at most {@link #VISIT_BACK} ago
 *     and {@link #VISIT_YEARS} ahead: a year that is further off is a slip
 */
public record IssuePatch(
        @Nullable IssueStatus status,
        @Nullable String assignee,
        @Nullable String details,
        @Nullable Instant plannedVisitAt) {

    public static final int MAX_ASSIGNEE = 200;
    public static final int MAX_DETAILS = 10_000;

    /** Who was there writes it down later. */
    static final Duration VISIT_BACK = Duration.ofDays(180);

    static final int VISIT_YEARS = 5;

    /** Nobody goes there. */
    public static final Instant NO_VISIT = Instant.EPOCH;

    /**
     * @throws IllegalArgumentException that names the field and its limit
     */
    public IssuePatch {
        limit("assignee", assignee, MAX_ASSIGNEE);
        if (assignee != null && CameraCheck.anyUnprintable(assignee)) {
            throw new IllegalArgumentException("assignee: no control characters");
        }
        limit("details", details, MAX_DETAILS);
    }

    private static void limit(String field, @Nullable String text, int limit) {
        if (text != null && text.length() > limit) {
            throw new IllegalArgumentException(field + ": longer than " + limit + " characters");
        }
        if (text != null && text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(field + ": holds a NUL character");
        }
    }

    /**
     * The issue after it: the fields first, then the step of its status.
     *
     * @throws ImpossibleStepException where the status cannot follow the present one
     * @throws InvalidRecordException where the visit is too far from now
     */
    public Issue applyTo(Issue issue, String who, Instant now) {
        Issue changed = issue;
        for (Note note : notes(issue, now)) {
            changed = note.on(changed, new TimelineEntry(now, who, note.step, note.text, note.was));
        }
        return status == null ? changed : step(changed, status, who, now);
    }

    private static Issue step(Issue issue, IssueStatus next, String who, Instant now) {
        if (!issue.status().mayBecome(next)) {
            throw new ImpossibleStepException(issue.id(), issue.status(), next);
        }
        if (next == issue.status()) {
            return issue;
        }
        return switch (next) {
            case OPEN -> issue;
            case IN_PROGRESS ->
                    issue.acknowledged(
                            now,
                            new TimelineEntry(now, who, TimelineEntry.Step.ACKNOWLEDGED, null));
            case RESOLVED ->
                    issue.closed(
                            Ending.RESOLVED_BY_HAND,
                            now,
                            null,
                            new TimelineEntry(now, who, TimelineEntry.Step.RESOLVED, null));
            case CANCELLED ->
                    issue.closed(
                            Ending.CANCELLED_BY_HAND,
                            now,
                            null,
                            new TimelineEntry(now, who, TimelineEntry.Step.CANCELLED, null));
        };
    }

    private List<Note> notes(Issue issue, Instant now) {
        List<Note> notes = new ArrayList<>();
        if (assignee != null
                && !assignee.equals(Objects.requireNonNullElse(issue.assignee(), ""))) {
            notes.add(new Note(TimelineEntry.Step.ASSIGNED, assignee, issue.assignee()));
        }
        Instant planned = issue.plannedVisitAt() == null ? NO_VISIT : issue.plannedVisitAt();
        if (plannedVisitAt != null && !plannedVisitAt.equals(planned)) {
            checkVisit(plannedVisitAt, now);
            notes.add(
                    new Note(
                            TimelineEntry.Step.VISIT_PLANNED,
                            visit(plannedVisitAt),
                            visit(planned).isEmpty() ? null : visit(planned)));
        }
        if (details != null && !details.equals(Objects.requireNonNullElse(issue.details(), ""))) {
            notes.add(new Note(TimelineEntry.Step.DETAILS, details, issue.details()));
        }
        return notes;
    }

    private static void checkVisit(Instant at, Instant now) {
        Instant latest = now.atOffset(ZoneOffset.UTC).plusYears(VISIT_YEARS).toInstant();
        if (!at.equals(NO_VISIT) && (at.isBefore(now.minus(VISIT_BACK)) || at.isAfter(latest))) {
            throw new InvalidRecordException(
                    List.of(
                            new Violation(
                                    "plannedVisitAt",
                                    at.toString(),
                                    "at most %d days ago and %d years ahead"
                                            .formatted(VISIT_BACK.toDays(), VISIT_YEARS))));
        }
    }

    private static String visit(Instant at) {
        return at.equals(NO_VISIT) ? "" : at.toString();
    }

    private record Note(TimelineEntry.Step step, String text, @Nullable String was) {
        Issue on(Issue issue, TimelineEntry entry) {
            String given = text.isEmpty() ? null : text;
            return switch (step) {
                case ASSIGNED -> issue.noted(given, issue.details(), issue.plannedVisitAt(), entry);
                case VISIT_PLANNED ->
                        issue.noted(
                                issue.assignee(),
                                issue.details(),
                                given == null ? null : Instant.parse(given),
                                entry);
                default -> issue.noted(issue.assignee(), given, issue.plannedVisitAt(), entry);
            };
        }
    }
}
