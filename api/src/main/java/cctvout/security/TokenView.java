package cctvout.security;

import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A token as it is shown.
 *
 * @param token what a script sends as {@code Authorization: Bearer}; shown once, when it is made
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TokenView(
        String id,
        String account,
        String name,
        AccessRole role,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt,
        @Nullable String token) {

    static TokenView of(AccessToken token, @Nullable String shown) {
        return new TokenView(
                token.id(),
                token.account(),
                token.name(),
                token.role(),
                token.createdAt(),
                token.expiresAt(),
                token.lastUsedAt(),
                shown);
    }

    @Override
    public String toString() {
        return "TokenView[" + id + "]";
    }
}
