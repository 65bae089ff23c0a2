package cctvout.role;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A start that ends for a misspelt role says so, and nothing of where that was noticed. */
final class UnknownRoleAnalyzer extends AbstractFailureAnalyzer<UnknownRoleException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, UnknownRoleException cause) {
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                "Name the roles that this process shall have, or leave the setting out: it then"
                        + " has all of them.",
                cause);
    }
}
