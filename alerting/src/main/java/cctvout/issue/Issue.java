package cctvout.issue;

import cctvout.camera.CameraId;
import cctvout.issue.TimelineEntry.Step;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;

import com.fasterxml.jackson.annotation.JsonProperty;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The work that a fault makes, as REST shows it.
 *
 * @param openedAt when the fault was confirmed
 * @param resolution name of an {@link Ending}, null while it is not over
 * @param reason the transition's, a code in capitals
 * @param openedSeq the transition into the fault
 * @param endedSeq the transition out of it; null while the fault stands, also where the issue was
 *     closed by hand
 * @param causeKey what it may share with others, such as {@code line:L-17}; null where it is the
 *     camera's own
 */
public record Issue(
        String id,
        CameraId cameraId,
        @Nullable String outageId,
        IssueKind kind,
        IssueStatus status,
        Severity severity,
        Instant openedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable Instant resolvedAt,
        @Nullable String resolution,
        @Nullable String assignee,
        @Nullable String details,
        @Nullable Instant plannedVisitAt,
        String reason,
        Evidence evidence,
        List<TimelineEntry> timeline,
        long openedSeq,
        @Nullable Long endedSeq,
        @Nullable String causeKey,
        @Nullable Verification verification) {

    public Issue {
        timeline = List.copyOf(timeline);
    }

    public static Issue open(
            String id,
            IssueKind kind,
            StatusTransition transition,
            @Nullable String causeKey,
            Instant now) {
        return new Issue(
                id,
                transition.cameraId(),
                null,
                kind,
                IssueStatus.OPEN,
                kind.severity(),
                transition.occurredAt(),
                null,
                null,
                null,
                null,
                null,
                null,
                transition.reason(),
                transition.evidence(),
                List.of(
                        new TimelineEntry(
                                now, TimelineEntry.SYSTEM, Step.OPENED, transition.reason())),
                transition.seq(),
                null,
                causeKey,
                null);
    }

    /**
     * @param at when it was over
     * @param seq the transition that ended the fault, null where a person closed the issue
     */
    public Issue closed(Ending ending, Instant at, @Nullable Long seq, TimelineEntry entry) {
        return moved(ending.status(), acknowledgedAt, at, ending.name(), seq, null, entry);
    }

    /** The fault of an issue that a person had closed is over as well. */
    public Issue faultEnded(long seq, TimelineEntry entry) {
        return moved(status, acknowledgedAt, resolvedAt, resolution, seq, null, entry);
    }

    /** A person says that it is repaired; a probe is to have a look. */
    public Issue awaiting(Verification wanted) {
        return copy(
                outageId,
                status,
                acknowledgedAt,
                resolvedAt,
                resolution,
                assignee,
                details,
                plannedVisitAt,
                timeline,
                endedSeq,
                wanted);
    }

    /** No probe had a look in time: the person is believed, until one has. */
    public Issue believed(TimelineEntry entry) {
        Verification late = verification == null ? null : verification.late();
        return moved(status, acknowledgedAt, resolvedAt, resolution, endedSeq, late, entry);
    }

    /** The fault is still there, whatever a person said. */
    public Issue reopened(TimelineEntry entry) {
        return moved(IssueStatus.OPEN, acknowledgedAt, null, null, null, null, entry);
    }

    /** Something about its camera that those have to wait for who are to be told. */
    public Issue marked(TimelineEntry entry) {
        return moved(status, acknowledgedAt, resolvedAt, resolution, endedSeq, verification, entry);
    }

    /** One of an outage from now on. */
    public Issue inOutage(String outage, TimelineEntry entry) {
        return copy(
                outage,
                status,
                acknowledgedAt,
                resolvedAt,
                resolution,
                assignee,
                details,
                plannedVisitAt,
                with(entry),
                endedSeq,
                verification);
    }

    Issue acknowledged(Instant at, TimelineEntry entry) {
        return moved(
                IssueStatus.IN_PROGRESS,
                acknowledgedAt == null ? at : acknowledgedAt,
                resolvedAt,
                resolution,
                endedSeq,
                verification,
                entry);
    }

    Issue noted(
            @Nullable String newAssignee,
            @Nullable String newDetails,
            @Nullable Instant newVisit,
            TimelineEntry entry) {
        return copy(
                outageId,
                status,
                acknowledgedAt,
                resolvedAt,
                resolution,
                newAssignee,
                newDetails,
                newVisit,
                with(entry),
                endedSeq,
                verification);
    }

    Issue commented(TimelineEntry entry) {
        return noted(assignee, details, plannedVisitAt, entry);
    }

    /**
     * To be shown with what its notices say besides; never to be stored.
     *
     * @param more in whatever order
     */
    public Issue showing(List<TimelineEntry> more) {
        List<TimelineEntry> all = new ArrayList<>(timeline);
        all.addAll(more);
        all.sort(Comparator.comparing(TimelineEntry::at));
        return copy(
                outageId,
                status,
                acknowledgedAt,
                resolvedAt,
                resolution,
                assignee,
                details,
                plannedVisitAt,
                all,
                endedSeq,
                verification);
    }

    /** Ascends with every change: each leaves an entry. */
    public long version() {
        return timeline.size();
    }

    /** Nobody was told yet that it is over: a probe is to have a look first. */
    public boolean isEndUntold() {
        return verification != null && verification.until() != null;
    }

    /** Its camera failed often lately: who was told hears more when it is calm. */
    @JsonProperty("flapping")
    public boolean isFlapping() {
        return flaps() != null;
    }

    /** How often its camera failed lately; null where that is not out of the ordinary. */
    public @Nullable String flaps() {
        return timeline.stream()
                .filter(entry -> entry.step() == Step.FLAPPING)
                .findFirst()
                .map(TimelineEntry::text)
                .orElse(null);
    }

    /** How often it was opened again: each time is told, and taken back, anew. */
    public int round() {
        return (int) timeline.stream().filter(entry -> entry.step() == Step.REOPENED).count();
    }

    private Issue moved(
            IssueStatus newStatus,
            @Nullable Instant newAcknowledgedAt,
            @Nullable Instant newResolvedAt,
            @Nullable String newResolution,
            @Nullable Long newEndedSeq,
            @Nullable Verification newVerification,
            TimelineEntry entry) {
        return copy(
                outageId,
                newStatus,
                newAcknowledgedAt,
                newResolvedAt,
                newResolution,
                assignee,
                details,
                plannedVisitAt,
                with(entry),
                newEndedSeq,
                newVerification);
    }

    private Issue copy(
            @Nullable String newOutage,
            IssueStatus newStatus,
            @Nullable Instant newAcknowledgedAt,
            @Nullable Instant newResolvedAt,
            @Nullable String newResolution,
            @Nullable String newAssignee,
            @Nullable String newDetails,
            @Nullable Instant newVisit,
            List<TimelineEntry> newTimeline,
            @Nullable Long newEndedSeq,
            @Nullable Verification newVerification) {
        return new Issue(
                id,
                cameraId,
                newOutage,
                kind,
                newStatus,
                severity,
                openedAt,
                newAcknowledgedAt,
                newResolvedAt,
                newResolution,
                newAssignee,
                newDetails,
                newVisit,
                reason,
                evidence,
                newTimeline,
                openedSeq,
                newEndedSeq,
                causeKey,
                newVerification);
    }

    private List<TimelineEntry> with(TimelineEntry entry) {
        List<TimelineEntry> longer = new ArrayList<>(timeline);
        longer.add(entry);
        return longer;
    }
}
