package cctvout.policy;

/** The policy was changed since the caller read it: 412. */
public final class StalePolicyException extends RuntimeException {
    public StalePolicyException(String id, long expected, long stored) {
        super("policy " + id + " is at version " + stored + ", not " + expected);
    }
}
