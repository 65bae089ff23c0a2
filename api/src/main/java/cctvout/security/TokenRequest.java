package cctvout.security;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A token that somebody wants.
 *
 * @param name what it is for, 1 to 100 characters
 * @param role the most that it may do; the caller's own where null
 * @param expiresAt in a year where null, and at most
 */
public record TokenRequest(
        @Nullable String name, @Nullable AccessRole role, @Nullable Instant expiresAt) {}
