package cctvout.security;

import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;

/** Is it one of our tokens, and does it still stand? */
final class TokenAuthentication implements ReactiveAuthenticationManager {

    private static final Duration DATABASE = Duration.ofSeconds(10);

    private final Accounts accounts;
    private final AccessTokens tokens;
    private final AccessWatch watch;
    private final VerifiedLogins verified;
    private final Clock clock;

    TokenAuthentication(
            Accounts accounts,
            AccessTokens tokens,
            AccessWatch watch,
            VerifiedLogins verified,
            Clock clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.watch = watch;
        this.verified = verified;
        this.clock = clock;
    }

    /** Lazy; errors with {@link BadCredentialsException}. */
    @Override
    public Mono<Authentication> authenticate(Authentication given) {
        if (!(given instanceof BearerLogin login)) {
            return Mono.empty();
        }
        AccessToken.Shown shown = AccessToken.Shown.parse(login.getCredentials());
        if (shown == null) {
            return Mono.error(new BadCredentialsException("not a token of ours"));
        }
        return Mono.defer(
                () -> {
                    String digest = verified.digest(shown.id(), login.getCredentials());
                    Authentication known = verified.find(digest, clock.instant());
                    return known instanceof Caller caller && watch.stands(caller)
                            ? Mono.just(known)
                            : looked(shown, digest);
                });
    }

    private Mono<Authentication> looked(AccessToken.Shown shown, String digest) {
        return tokens.find(shown)
                .timeout(DATABASE)
                .filter(token -> token.validAt(clock.instant()))
                .flatMap(
                        token ->
                                accounts.find(token.account())
                                        .filter(account -> fits(account, token))
                                        .map(account -> Caller.of(account, token)))
                .flatMap(watch::noted)
                .flatMap(
                        caller ->
                                tokens.used(shown.id(), clock.instant())
                                        .onErrorComplete()
                                        .thenReturn(caller))
                .<Authentication>map(
                        caller -> {
                            verified.keep(digest, caller, clock.instant());
                            return caller;
                        })
                .switchIfEmpty(Mono.error(() -> new BadCredentialsException("wrong token")));
    }

    /** An account that became another kind of reader takes its old tokens' meaning with it. */
    private static boolean fits(Account account, AccessToken token) {
        boolean ofRecipient = account.role() == AccessRole.RECIPIENT;
        return account.enabled() && ofRecipient == (token.role() == AccessRole.RECIPIENT);
    }
}
