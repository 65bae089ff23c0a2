package cctvout.issue;

/** Somebody else was faster: 412. */
public final class StaleIssueException extends RuntimeException {
    public StaleIssueException(String issueId, long version) {
        super("issue " + issueId + " has changed: its version is " + version + " now");
    }
}
