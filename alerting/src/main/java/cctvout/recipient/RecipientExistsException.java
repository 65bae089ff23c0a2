package cctvout.recipient;

/** A recipient of that id is there already: 409. */
public final class RecipientExistsException extends RuntimeException {
    public RecipientExistsException(String id) {
        super("recipient " + id + " exists");
    }
}
