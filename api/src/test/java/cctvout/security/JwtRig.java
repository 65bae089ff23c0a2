package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.network.AllowedNetworks;
import cctvout.network.CheckedAddresses;
import cctvout.network.DocumentFetch;
import cctvout.network.HostResolver;
import cctvout.problem.ProblemException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.util.unit.DataSize;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import tools.jackson.databind.json.JsonMapper;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** An issuer on loopback, one who trusts it, and a clock that a test moves. */
final class JwtRig implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(30);

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    final Issuer issuer = new Issuer();
    private final JwtAuthentication tokens = trusting(settings(issuer.url(), null));

    @Override
    public void close() {
        issuer.close();
    }

    /** What becomes of it. */
    Mono<Authentication> asked(String token) {
        return tokens.authenticate(new BearerLogin(token));
    }

    /** Not believed and not refused either: what is said instead. */
    void answered(String token, int status) {
        StepVerifier.create(asked(token))
                .expectErrorSatisfies(
                        error ->
                                assertThat(((ProblemException) error).status().value())
                                        .isEqualTo(status))
                .verify(SOON);
    }

    void passes(Duration time) {
        now.set(now.get().plus(time));
    }

    String signed(JWTClaimsSet claims) {
        return Issuer.sign(claims, issuer.key(), JWSAlgorithm.RS256);
    }

    Caller believed(String token) {
        return believed(token, tokens);
    }

    static Caller believed(String token, JwtAuthentication tokens) {
        List<Authentication> known = new ArrayList<>();
        StepVerifier.create(tokens.authenticate(new BearerLogin(token)))
                .consumeNextWith(known::add)
                .expectComplete()
                .verify(SOON);
        return (Caller) known.getFirst();
    }

    void refused(String token) {
        StepVerifier.create(tokens.authenticate(new BearerLogin(token)))
                .expectError(BadCredentialsException.class)
                .verify(SOON);
    }

    JwtAuthentication trusting(OidcSettings settings) {
        HostResolver literals = host -> Mono.just(List.of(InetAddress.ofLiteral(host)));
        var fetch =
                new DocumentFetch(
                        new CheckedAddresses(literals, AllowedNetworks.everywhere(), "x"),
                        new DocumentFetch.Limits(settings.deadline(), 100_000, "x", "y"));
        Clock clock = clock();
        var keys =
                new IssuerKeys(
                        settings,
                        Objects.requireNonNull(settings.issuer()),
                        fetch,
                        JsonMapper.builder().build(),
                        clock);
        return new JwtAuthentication(settings, keys, clock);
    }

    Clock clock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return now.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    static OidcSettings settings(String issuer, @Nullable String roleClaim) {
        return settings(
                issuer,
                roleClaim,
                List.of("RS256"),
                Map.of(
                        "look", AccessRole.VIEWER,
                        "desk", AccessRole.OPERATOR,
                        "boss", AccessRole.ADMIN,
                        "vendor", AccessRole.RECIPIENT));
    }

    static OidcSettings settings(
            String issuer,
            @Nullable String roleClaim,
            List<String> algorithms,
            Map<String, AccessRole> roles) {
        return new OidcSettings(
                issuer,
                Issuer.AUDIENCE,
                null,
                algorithms,
                Duration.ofSeconds(30),
                "preferred_username",
                roleClaim == null ? "roles" : roleClaim,
                roles,
                "recipient_id",
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20),
                DataSize.ofKilobytes(256));
    }
}
