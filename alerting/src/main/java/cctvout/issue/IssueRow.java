package cctvout.issue;

import cctvout.camera.CameraId;
import cctvout.rows.Rows;
import cctvout.status.StatusTransition.Evidence;
import cctvout.store.Columns;

import io.r2dbc.spi.Readable;

import tools.jackson.core.type.TypeReference;

import java.time.Instant;
import java.util.List;

/** An issue as table {@code issue} has it. */
final class IssueRow {

    private static final TypeReference<List<TimelineEntry>> TIMELINE = new TypeReference<>() {};

    private IssueRow() {}

    static Rows.Row row(Issue issue) {
        Verification asked = issue.verification();
        return new Rows.Row()
                .with("id", issue.id())
                .with("camera_id", issue.cameraId().value())
                .with("outage_id", issue.outageId())
                .with("kind", issue.kind())
                .with("status", issue.status())
                .with("severity", issue.severity())
                .with("opened_at", issue.openedAt())
                .with("acknowledged_at", issue.acknowledgedAt())
                .with("resolved_at", issue.resolvedAt())
                .with("resolution", issue.resolution())
                .with("assignee", issue.assignee())
                .with("details", issue.details())
                .with("planned_visit_at", issue.plannedVisitAt())
                .with("reason", issue.reason())
                .with("evidence", Rows.json(issue.evidence()))
                .with("timeline", Rows.json(issue.timeline()))
                .with("opened_seq", issue.openedSeq())
                .with("ended_seq", issue.endedSeq())
                .with("cause_key", issue.causeKey())
                .with("verify_asked_at", asked == null ? null : asked.askedAt())
                .with("verify_until", asked == null ? null : asked.until())
                .with("round", issue.round());
    }

    static Issue issue(Readable row) {
        Instant asked = row.get("verify_asked_at", Instant.class);
        return new Issue(
                Columns.text(row, "id"),
                new CameraId(Columns.text(row, "camera_id")),
                row.get("outage_id", String.class),
                IssueKind.valueOf(Columns.text(row, "kind")),
                IssueStatus.valueOf(Columns.text(row, "status")),
                Severity.valueOf(Columns.text(row, "severity")),
                Columns.required(row, "opened_at", Instant.class),
                row.get("acknowledged_at", Instant.class),
                row.get("resolved_at", Instant.class),
                row.get("resolution", String.class),
                row.get("assignee", String.class),
                row.get("details", String.class),
                row.get("planned_visit_at", Instant.class),
                Columns.text(row, "reason"),
                Rows.read(Columns.text(row, "evidence"), Evidence.class),
                Rows.read(Columns.text(row, "timeline"), TIMELINE),
                Columns.number(row, "opened_seq"),
                row.get("ended_seq", Long.class),
                row.get("cause_key", String.class),
                asked == null
                        ? null
                        : new Verification(asked, row.get("verify_until", Instant.class)));
    }
}
