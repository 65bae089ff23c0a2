package cctvout.issue;

import cctvout.camera.CameraId;
import cctvout.issue.TimelineEntry.Step;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
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
        @Nullable String causeKey) {

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
                causeKey);
    }

    /**
     * @param at when it was over
     * @param seq the transition that ended the fault, null where a person closed the issue
     */
    public Issue closed(Ending ending, Instant at, @Nullable Long seq, TimelineEntry entry) {
        return new Issue(
                id,
                cameraId,
                outageId,
                kind,
                ending.status(),
                severity,
                openedAt,
                acknowledgedAt,
                at,
                ending.name(),
                assignee,
                details,
                plannedVisitAt,
                reason,
                evidence,
                with(entry),
                openedSeq,
                seq,
                causeKey);
    }

    /** The fault of an issue that a person had closed is over as well. */
    public Issue faultEnded(long seq, TimelineEntry entry) {
        return new Issue(
                id,
                cameraId,
                outageId,
                kind,
                status,
                severity,
                openedAt,
                acknowledgedAt,
                resolvedAt,
                resolution,
                assignee,
                details,
                plannedVisitAt,
                reason,
                evidence,
                with(entry),
                openedSeq,
                seq,
                causeKey);
    }

    /** One of an outage from now on. */
    public Issue inOutage(String outage, TimelineEntry entry) {
        return new Issue(
                id,
                cameraId,
                outage,
                kind,
                status,
                severity,
                openedAt,
                acknowledgedAt,
                resolvedAt,
                resolution,
                assignee,
                details,
                plannedVisitAt,
                reason,
                evidence,
                with(entry),
                openedSeq,
                endedSeq,
                causeKey);
    }

    Issue acknowledged(Instant at, TimelineEntry entry) {
        return new Issue(
                id,
                cameraId,
                outageId,
                kind,
                IssueStatus.IN_PROGRESS,
                severity,
                openedAt,
                acknowledgedAt == null ? at : acknowledgedAt,
                resolvedAt,
                resolution,
                assignee,
                details,
                plannedVisitAt,
                reason,
                evidence,
                with(entry),
                openedSeq,
                endedSeq,
                causeKey);
    }

    Issue noted(
            @Nullable String newAssignee,
            @Nullable String newDetails,
            @Nullable Instant newVisit,
            TimelineEntry entry) {
        return new Issue(
                id,
                cameraId,
                outageId,
                kind,
                status,
                severity,
                openedAt,
                acknowledgedAt,
                resolvedAt,
                resolution,
                newAssignee,
                newDetails,
                newVisit,
                reason,
                evidence,
                with(entry),
                openedSeq,
                endedSeq,
                causeKey);
    }

    private List<TimelineEntry> with(TimelineEntry entry) {
        List<TimelineEntry> longer = new ArrayList<>(timeline);
        longer.add(entry);
        return longer;
    }
}
