package cctvout.importing;

/** The text as a whole is no table of cameras; the message says what is missing. */
public class TableException extends RuntimeException {
    TableException(String message) {
        super(message);
    }
}
