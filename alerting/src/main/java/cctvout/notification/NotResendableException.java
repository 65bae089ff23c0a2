package cctvout.notification;

/** This notice cannot be sent again: 409. */
public final class NotResendableException extends RuntimeException {
    public NotResendableException(String id, String why) {
        super("notification " + id + " cannot be sent again: " + why);
    }
}
