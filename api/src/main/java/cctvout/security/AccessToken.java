package cctvout.security;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * A key for a script. What is shown once to whoever makes it is {@code cctv_ID_SECRET}; only a
 * digest of the secret is kept.
 *
 * @param account whose it is: it can never do more than the account
 * @param role the most that it may do
 */
record AccessToken(
        String id,
        String account,
        String name,
        AccessRole role,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt) {

    static final String PREFIX = "cctv_";

    /** An id and a secret as a caller shows them. */
    record Shown(String id, byte[] digest) {

        /** Null where the text is not of the form of our tokens. */
        static @Nullable Shown parse(String bearer) {
            if (!bearer.startsWith(PREFIX)) {
                return null;
            }
            int end = bearer.indexOf('_', PREFIX.length());
            return end < 0
                    ? null
                    : new Shown(
                            bearer.substring(PREFIX.length(), end),
                            AccessToken.digest(bearer.substring(end + 1)));
        }
    }

    static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    boolean validAt(Instant now) {
        return now.isBefore(expiresAt);
    }
}
