package cctvout.issue;

/** The issue's status cannot become the one asked for: 409. */
public final class ImpossibleStepException extends RuntimeException {
    public ImpossibleStepException(String issueId, IssueStatus from, IssueStatus to) {
        super("status: issue " + issueId + " is " + from + " and cannot become " + to);
    }
}
