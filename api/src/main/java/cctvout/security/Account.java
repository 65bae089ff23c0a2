package cctvout.security;

import org.jspecify.annotations.Nullable;

/**
 * One who may log in.
 *
 * @param passwordHash with the name of its method in front, such as <code>{bcrypt}</code>
 * @param recipientId whose notices are the account's own; required for {@link
 *     AccessRole#RECIPIENT}, and only then
 * @param version grows with every change: what was granted under an older one no longer stands
 */
record Account(
        String name,
        String passwordHash,
        AccessRole role,
        @Nullable String recipientId,
        boolean enabled,
        long version) {

    static final String ADMIN = "admin";

    static Account admin(String passwordHash) {
        return new Account(ADMIN, passwordHash, AccessRole.ADMIN, null, true, 1);
    }

    @Override
    public String toString() {
        return "Account[" + name + ", " + role + "]";
    }
}
