package cctvout.issue;

/** What a transition does to a camera's issue, and why. */
public sealed interface IssueDecision {

    /** In plain words, for the timeline and the log. */
    String reason();

    record Open(IssueKind kind, String reason) implements IssueDecision {}

    record Close(Ending ending, String reason) implements IssueDecision {}

    /**
     * Another party's fault now: the old issue is resolved and those told of it are told so; a new
     * one opens, and its own party is told.
     */
    record Replace(Close close, Open open) implements IssueDecision {
        @Override
        public String reason() {
            return close.reason();
        }
    }

    record Nothing(String reason) implements IssueDecision {}
}
