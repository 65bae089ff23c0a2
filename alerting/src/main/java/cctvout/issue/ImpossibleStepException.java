package cctvout.issue;

import java.util.Arrays;
import java.util.List;

/** The issue's status cannot become the one asked for: 409. */
public final class ImpossibleStepException extends RuntimeException {
    public ImpossibleStepException(String issueId, IssueStatus from, IssueStatus to) {
        super(
                "status: issue %s is %s and cannot become %s; %s"
                        .formatted(issueId, from, to, allowed(from)));
    }

    private static String allowed(IssueStatus from) {
        List<IssueStatus> next =
                Arrays.stream(IssueStatus.values())
                        .filter(to -> to != from && from.mayBecome(to))
                        .toList();
        return next.isEmpty() ? "nothing follows it" : "it may become one of " + next;
    }
}
