package cctvout.issue;

import cctvout.issue.IssueDecision.Close;
import cctvout.issue.IssueDecision.Nothing;
import cctvout.issue.IssueDecision.Open;
import cctvout.issue.IssueDecision.Replace;
import cctvout.status.StatusTransition;
import cctvout.status.Verdict;

import org.jspecify.annotations.Nullable;

/**
 * From a transition and the camera's unresolved issue to what is to be done. A fault that becomes
 * another one is two: whoever was sent out for the first is told that it is over.
 */
public final class IssueRules {

    private final boolean degradedOpensIssue;

    public IssueRules(boolean degradedOpensIssue) {
        this.degradedOpensIssue = degradedOpensIssue;
    }

    /**
     * @param unresolved the camera's issue, null where it has none
     */
    public IssueDecision decide(StatusTransition transition, @Nullable Issue unresolved) {
        return decide(transition, unresolved, degradedOpensIssue);
    }

    /**
     * @param unresolved the camera's issue, null where it has none
     * @param degradedOpens whether this camera's DEGRADED is worth an issue by now
     */
    public IssueDecision decide(
            StatusTransition transition, @Nullable Issue unresolved, boolean degradedOpens) {
        IssueKind kind = worthAnIssue(transition.to(), degradedOpens);
        if (unresolved == null) {
            return kind == null
                    ? new Nothing(transition.to() + " needs no issue")
                    : new Open(kind, transition.reason());
        }
        if (kind == unresolved.kind()) {
            return new Nothing("the issue of kind " + kind + " is open already");
        }
        Close close = close(transition);
        return kind == null ? close : new Replace(close, new Open(kind, transition.reason()));
    }

    private static @Nullable IssueKind worthAnIssue(Verdict verdict, boolean degradedOpens) {
        IssueKind kind = IssueKind.of(verdict);
        return kind == IssueKind.DEGRADED && !degradedOpens ? null : kind;
    }

    private static Close close(StatusTransition transition) {
        if (transition.to() == Verdict.UNKNOWN) {
            return new Close(Ending.NOT_CHECKED, "no longer checked: " + transition.reason());
        }
        IssueKind kind = IssueKind.of(transition.to());
        return kind == null
                ? new Close(Ending.RECOVERED, "well again")
                : new Close(Ending.becoming(kind), "became " + transition.to());
    }
}
