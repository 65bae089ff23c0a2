package cctvout.issue;

/** An issue takes no more comments: 409. */
public final class TooManyCommentsException extends RuntimeException {
    TooManyCommentsException(String issueId) {
        super(
                "issue "
                        + issueId
                        + " has "
                        + Comment.MAX_COMMENTS
                        + " comments, the most there can be");
    }
}
