package cctvout.recipient;

import java.util.List;
import java.util.stream.Collectors;

/** What was given is no recipient: 400, with each field and what is wrong with it. */
public final class InvalidRecipientException extends IllegalArgumentException {

    /**
     * @param field as in the JSON, such as {@code channels[1].url}
     */
    public record Problem(String field, String reason) {}

    private final transient List<Problem> problems;

    public InvalidRecipientException(List<Problem> problems) {
        super(
                problems.stream()
                        .map(problem -> problem.field() + ": " + problem.reason())
                        .collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
