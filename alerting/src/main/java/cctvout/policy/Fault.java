package cctvout.policy;

import cctvout.camera.Camera;
import cctvout.issue.IssueKind;
import cctvout.issue.Severity;

/** What somebody may have to be told of. */
public record Fault(Camera camera, IssueKind kind, Severity severity) {

    /** With the severity that is usual for its kind. */
    public Fault(Camera camera, IssueKind kind) {
        this(camera, kind, kind.severity());
    }
}
