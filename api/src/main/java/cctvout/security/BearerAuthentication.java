package cctvout.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;

import reactor.core.publisher.Mono;

/** Tokens of ours are told from an identity provider's by how they begin. */
final class BearerAuthentication implements ReactiveAuthenticationManager {

    private final TokenAuthentication own;
    private final @Nullable JwtAuthentication foreign;

    /**
     * @param foreign null where no issuer is trusted
     */
    BearerAuthentication(TokenAuthentication own, @Nullable JwtAuthentication foreign) {
        this.own = own;
        this.foreign = foreign;
    }

    /** Lazy; errors with {@link BadCredentialsException}. */
    @Override
    public Mono<Authentication> authenticate(Authentication given) {
        boolean ours =
                given instanceof BearerLogin login
                        && login.getCredentials().startsWith(AccessToken.PREFIX);
        return ours || foreign == null ? own.authenticate(given) : foreign.authenticate(given);
    }
}
