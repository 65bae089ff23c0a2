package cctvout.role;

/** {@code cctvout.roles} names what is none. */
final class UnknownRoleException extends IllegalArgumentException {
    UnknownRoleException(String message) {
        super(message);
    }
}
