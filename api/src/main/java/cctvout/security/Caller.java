package cctvout.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;

import java.security.Principal;
import java.time.Instant;
import java.util.Objects;

/** Somebody who is believed: by a password, a token, or an identity provider's word. */
public final class Caller extends AbstractAuthenticationToken {

    private final String name;
    private final AccessRole role;
    private final @Nullable String recipientId;
    private final @Nullable String tokenId;
    private final long version;
    private final @Nullable Instant until;

    /** Granted elsewhere: no account of ours stands behind it. */
    static final long FOREIGN = 0;

    /**
     * @param tokenId of the token that was shown; null where it was a password
     * @param version of the account when it was believed
     * @param until when the word of another ends; null where an account of ours stands behind it
     */
    Caller(
            String name,
            AccessRole role,
            @Nullable String recipientId,
            @Nullable String tokenId,
            long version,
            @Nullable Instant until) {
        super(AuthorityUtils.createAuthorityList("ROLE_" + role));
        this.name = name;
        this.role = role;
        this.recipientId = recipientId;
        this.tokenId = tokenId;
        this.version = version;
        this.until = until;
        setAuthenticated(true);
    }

    static Caller of(Account account) {
        return new Caller(
                account.name(),
                account.role(),
                account.recipientId(),
                null,
                account.version(),
                null);
    }

    static Caller of(Account account, AccessToken token) {
        return new Caller(
                account.name(),
                token.role().within(account.role()),
                account.recipientId(),
                token.id(),
                account.version(),
                null);
    }

    /** As an identity provider says, until its word ends. */
    static Caller foreign(
            String name, AccessRole role, @Nullable String recipientId, Instant until) {
        return new Caller(name, role, recipientId, null, FOREIGN, until);
    }

    @Override
    public String getPrincipal() {
        return name;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    public AccessRole role() {
        return role;
    }

    /** Whose notices are the caller's own; null where it is nobody's in particular. */
    public @Nullable String recipientId() {
        return recipientId;
    }

    @Nullable String tokenId() {
        return tokenId;
    }

    long version() {
        return version;
    }

    boolean foreign() {
        return version == FOREIGN;
    }

    boolean endedAt(Instant now) {
        return until != null && !now.isBefore(until);
    }

    /** The recipient that a request is limited to; null where it may see all. */
    public static @Nullable String limitedTo(@Nullable Principal principal) {
        return principal instanceof Caller caller && caller.role == AccessRole.RECIPIENT
                ? Objects.requireNonNull(caller.recipientId)
                : null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Caller that
                && name.equals(that.name)
                && role == that.role
                && version == that.version
                && Objects.equals(tokenId, that.tokenId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, role, version, tokenId);
    }
}
