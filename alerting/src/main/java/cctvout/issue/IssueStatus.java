package cctvout.issue;

/** Where the work on an issue stands. */
public enum IssueStatus {
    OPEN,
    IN_PROGRESS,
    RESOLVED,
    CANCELLED;

    /** Nothing more comes of it. */
    public boolean isOver() {
        return this == RESOLVED || this == CANCELLED;
    }

    /** The steps that a person may take; to stay is one. */
    public boolean mayBecome(IssueStatus next) {
        return next == this
                || switch (this) {
                    case OPEN -> true;
                    case IN_PROGRESS -> next.isOver();
                    case RESOLVED, CANCELLED -> false;
                };
    }
}
