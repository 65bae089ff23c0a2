package cctvout.recipient;

/** The recipient was changed since the caller read it: 412. */
public final class StaleRecipientException extends RuntimeException {
    public StaleRecipientException(String id, long expected, long stored) {
        super("recipient " + id + " is at version " + stored + ", not " + expected);
    }
}
