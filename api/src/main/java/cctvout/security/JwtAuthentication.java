package cctvout.security;

import cctvout.problem.ProblemException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.core.Authentication;

import reactor.core.publisher.Mono;

import java.text.ParseException;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Is it a token of the issuer, for us, signed as the settings say and still good (RFC 7519, RFC
 * 8725)? Its name gets a prefix that no account of ours can have.
 */
final class JwtAuthentication implements ReactiveAuthenticationManager {

    static final String PREFIX = "oidc:";

    private static final int LONGEST_TOKEN = 16_384;

    private final OidcSettings settings;
    private final Set<JWSAlgorithm> algorithms;
    private final IssuerKeys keys;
    private final JwtGrants grants;
    private final Clock clock;

    JwtAuthentication(OidcSettings settings, IssuerKeys keys, Clock clock) {
        this.settings = settings;
        this.algorithms =
                settings.algorithms().stream()
                        .map(JWSAlgorithm::parse)
                        .collect(Collectors.toUnmodifiableSet());
        this.keys = keys;
        this.grants = new JwtGrants(settings);
        this.clock = clock;
    }

    /**
     * Lazy; errors with {@link BadCredentialsException}, with 403 where the issuer vouches for the
     * caller but grants nothing here, with 503 where its keys cannot be had.
     */
    @Override
    public Mono<Authentication> authenticate(Authentication given) {
        if (!(given instanceof BearerLogin login)) {
            return Mono.empty();
        }
        return Mono.defer(
                () -> {
                    SignedJWT token = signed(login.getCredentials());
                    return keys.keys(token.getHeader().getKeyID())
                            .map(issuers -> caller(checked(token, issuers)));
                });
    }

    /** Looks at no key before the form and the algorithm are right: not every forgery asks. */
    private SignedJWT signed(String text) {
        try {
            if (text.length() > LONGEST_TOKEN) {
                throw new BadCredentialsException("a token that long is none");
            }
            SignedJWT token = SignedJWT.parse(text);
            if (!algorithms.contains(token.getHeader().getAlgorithm())) {
                throw new BadCredentialsException("not signed as cctvout.security.oidc says");
            }
            return token;
        } catch (ParseException notAToken) {
            throw new BadCredentialsException("not a signed token", notAToken);
        }
    }

    private JWTClaimsSet checked(SignedJWT token, JWKSet issuers) {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(algorithms, new ImmutableJWKSet<>(issuers)));
        processor.setJWTClaimsSetVerifier((claims, _) -> claims(claims));
        try {
            return processor.process(token, null);
        } catch (BadJOSEException | JOSEException refused) {
            throw new BadCredentialsException(String.valueOf(refused.getMessage()), refused);
        }
    }

    private void claims(JWTClaimsSet claims) throws BadJWTException {
        Instant now = clock.instant();
        Date expires = claims.getExpirationTime();
        Date begins = claims.getNotBeforeTime();
        if (!String.valueOf(settings.issuer()).equals(claims.getIssuer())) {
            throw new BadJWTException("of another issuer");
        }
        if (!claims.getAudience().contains(settings.audience())) {
            throw new BadJWTException("for another audience");
        }
        if (expires == null || !now.isBefore(expires.toInstant().plus(settings.clockSkew()))) {
            throw new BadJWTException("expired, or without an end");
        }
        if (begins != null && now.isBefore(begins.toInstant().minus(settings.clockSkew()))) {
            throw new BadJWTException("not good yet");
        }
    }

    private Caller caller(JWTClaimsSet claims) {
        String name = grants.name(claims.getClaims());
        if (name == null) {
            throw new BadCredentialsException("a token that names nobody");
        }
        AccessRole role = grants.role(claims.getClaims());
        String recipient = role == AccessRole.RECIPIENT ? recipient(claims) : null;
        if (role == null || role == AccessRole.RECIPIENT && recipient == null) {
            throw new ProblemException(
                    HttpStatus.FORBIDDEN,
                    "the identity provider grants no role that cctvout.security.oidc.roles names");
        }
        Instant until = claims.getExpirationTime().toInstant().plus(settings.clockSkew());
        return Caller.foreign(PREFIX + name, role, recipient, until);
    }

    private @Nullable String recipient(JWTClaimsSet claims) {
        return grants.recipient(claims.getClaims());
    }
}
