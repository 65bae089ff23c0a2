package cctvout.record;

/** There is one of that id already: 409. */
public final class RecordExistsException extends RuntimeException {

    /**
     * @param kind what it is, in plain words
     */
    public RecordExistsException(String kind, String id) {
        super(kind + " " + id + " exists already");
    }
}
