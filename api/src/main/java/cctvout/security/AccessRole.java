package cctvout.security;

/** What a caller may do, as the whole city has it. */
public enum AccessRole {
    /** Reads everything but accounts and the audit log. */
    VIEWER,
    /** Works: issues, checks, maintenance, notices sent again. */
    OPERATOR,
    /** Registers cameras and recipients, writes policies, grants access. */
    ADMIN,
    /** A line operator, a vendor: sees and answers what its recipient was told of. */
    RECIPIENT;

    /**
     * What a token of this role may do in the hands of an account whose own role is {@code owner}:
     * never more than either.
     */
    AccessRole within(AccessRole owner) {
        if (this == RECIPIENT || owner == RECIPIENT) {
            return RECIPIENT;
        }
        return compareTo(owner) <= 0 ? this : owner;
    }
}
