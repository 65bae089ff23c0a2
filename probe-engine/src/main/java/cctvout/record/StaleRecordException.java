package cctvout.record;

/** It was changed since the caller read it: 412. */
public final class StaleRecordException extends RuntimeException {

    /**
     * @param kind what it is, in plain words
     * @param expected the version that the caller has seen
     * @param stored the version that there is
     */
    public StaleRecordException(String kind, String id, long expected, long stored) {
        super(kind + " " + id + " is at version " + stored + ", not " + expected);
    }
}
