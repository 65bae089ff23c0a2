package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cctvout.network.AllowedNetworks;
import cctvout.network.CheckedAddresses;
import cctvout.network.DocumentFetch;
import cctvout.network.HostResolver;
import cctvout.problem.ProblemException;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.util.unit.DataSize;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import tools.jackson.databind.json.JsonMapper;

import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/** Tokens of an issuer on loopback that has keys of its own, and forgeries of them. */
class JwtAuthenticationTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private Issuer issuer;
    private JwtAuthentication tokens;

    @BeforeEach
    void start() {
        issuer = new Issuer();
        tokens = trusting(settings(issuer.url(), null));
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void aTokenOfTheIssuerIsBelieved() {
        Caller caller = believed(issuer.token("nothing here", "desk"));

        assertThat(caller.getName()).isEqualTo("oidc:jane");
        assertThat(caller.role()).isEqualTo(AccessRole.OPERATOR);
        assertThat(caller.endedAt(now.get())).isFalse();
        assertThat(caller.endedAt(now.get().plusSeconds(331))).isTrue();
    }

    @Test
    void theGreatestRoleCountsAndARecipientsOnlyWhereThereIsNoOther() {
        assertThat(believed(issuer.token("look", "boss", "desk")).role())
                .isEqualTo(AccessRole.ADMIN);
        assertThat(believed(issuer.token("vendor", "look")).role()).isEqualTo(AccessRole.VIEWER);
        Caller vendor =
                believed(signed(issuer.claims("vendor").claim("recipient_id", "hanbit").build()));
        assertThat(vendor.role()).isEqualTo(AccessRole.RECIPIENT);
        assertThat(vendor.recipientId()).isEqualTo("hanbit");
    }

    @Test
    void rolesMayLieDeeperAndTheNameMayBeTheSubject() {
        Caller caller =
                believed(
                        signed(
                                issuer.claims()
                                        .claim("preferred_username", null)
                                        .claim("roles", null)
                                        .claim("realm", Map.of("roles", "look desk"))
                                        .build()),
                        trusting(settings(issuer.url(), "realm.roles")));

        assertThat(caller.getName()).isEqualTo("oidc:4711");
        assertThat(caller.role()).isEqualTo(AccessRole.OPERATOR);
    }

    /** Each of them good but for one thing. */
    enum Forgery {
        OTHER_ISSUER,
        NO_ISSUER,
        OTHER_AUDIENCE,
        NO_AUDIENCE,
        EXPIRED,
        NO_END,
        NOT_YET,
        NOBODY,
        OTHER_KEY_SAME_NAME,
        UNKNOWN_KEY,
        UNSIGNED,
        UNSIGNED_WITH_A_DOT_MORE,
        SIGNED_WITH_THE_PUBLIC_KEY_AS_A_SECRET,
        OTHER_ALGORITHM,
        OWN_KEY_IN_THE_HEADER,
        OTHER_TYPE,
        CHANGED,
        CUT
    }

    @ParameterizedTest
    @EnumSource(Forgery.class)
    void aForgeryIsNotBelieved(Forgery forgery) throws JOSEException {
        assertThat(believed(issuer.token("boss")).role()).isEqualTo(AccessRole.ADMIN);

        refused(forged(forgery));
    }

    private String forged(Forgery forgery) throws JOSEException {
        JWTClaimsSet.Builder claims = issuer.claims("boss");
        Instant start = now.get();
        return switch (forgery) {
            case OTHER_ISSUER -> signed(claims.issuer(issuer.url() + "/").build());
            case NO_ISSUER -> signed(claims.issuer(null).build());
            case OTHER_AUDIENCE -> signed(claims.audience("other").build());
            case NO_AUDIENCE -> signed(claims.audience((String) null).build());
            case EXPIRED ->
                    signed(claims.expirationTime(Date.from(start.minusSeconds(40))).build());
            case NO_END -> signed(claims.expirationTime(null).build());
            case NOT_YET -> signed(claims.notBeforeTime(Date.from(start.plusSeconds(90))).build());
            case NOBODY -> signed(claims.subject(null).claim("preferred_username", "\n").build());
            case OTHER_KEY_SAME_NAME ->
                    Issuer.sign(claims.build(), Issuer.key("k1"), JWSAlgorithm.RS256);
            case UNKNOWN_KEY -> Issuer.sign(claims.build(), Issuer.key("k9"), JWSAlgorithm.RS256);
            case UNSIGNED -> new PlainJWT(claims.build()).serialize();
            case UNSIGNED_WITH_A_DOT_MORE -> {
                String[] parts = issuer.token("boss").split("\\.");
                yield encoded("{\"alg\":\"none\",\"kid\":\"k1\"}") + "." + parts[1] + ".";
            }
            case SIGNED_WITH_THE_PUBLIC_KEY_AS_A_SECRET -> withSecret(claims.build());
            case OTHER_ALGORITHM -> Issuer.sign(claims.build(), issuer.key(), JWSAlgorithm.RS512);
            case OWN_KEY_IN_THE_HEADER -> {
                var own = Issuer.key("k9");
                var header =
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .jwk(own.toPublicJWK())
                                .jwkURL(URI.create("http://127.0.0.1:1/keys"));
                yield signed(header.build(), claims.build(), own);
            }
            case OTHER_TYPE -> {
                var header =
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .keyID("k1")
                                .type(new JOSEObjectType("logout+jwt"));
                yield signed(header.build(), claims.build(), issuer.key());
            }
            case CHANGED -> {
                String[] parts = issuer.token("look").split("\\.");
                String[] others = signed(claims.build()).split("\\.");
                yield parts[0] + "." + others[1] + "." + parts[2];
            }
            case CUT -> issuer.token("boss").substring(0, 200);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "e30.e30.", "no token at all", "한글.한글.한글"})
    void whatIsNoTokenIsNotBelieved(String text) {
        refused(text);
        assertThat(issuer.keysAsked).hasValue(0);
    }

    @Test
    void clocksMayDifferByTheSkew() {
        var late = issuer.claims("look").expirationTime(Date.from(now.get().minusSeconds(20)));
        assertThat(believed(signed(late.build())).role()).isEqualTo(AccessRole.VIEWER);
        var early = issuer.claims("look").notBeforeTime(Date.from(now.get().plusSeconds(20)));
        assertThat(believed(signed(early.build())).role()).isEqualTo(AccessRole.VIEWER);
    }

    @Test
    void whoIsGrantedNothingHereMayNothing() {
        for (JWTClaimsSet claims :
                List.of(
                        issuer.claims().build(),
                        issuer.claims("ADMIN", "admin", "Boss").build(),
                        issuer.claims().claim("roles", Map.of("boss", true)).build(),
                        issuer.claims("vendor").build())) {
            StepVerifier.create(tokens.authenticate(new BearerLogin(signed(claims))))
                    .expectErrorSatisfies(
                            error ->
                                    assertThat(((ProblemException) error).status().value())
                                            .isEqualTo(403))
                    .verify(SOON);
        }
    }

    @Test
    void keysAreKeptAndMadeUpNamesDoNotAskAgainAndAgain() {
        for (int i = 0; i < 20; i++) {
            believed(issuer.token("look"));
        }
        assertThat(issuer.keysAsked).hasValue(1);
        for (int i = 0; i < 20; i++) {
            refused(
                    Issuer.sign(
                            issuer.claims("boss").build(),
                            Issuer.key("made-up"),
                            JWSAlgorithm.RS256));
        }
        assertThat(issuer.keysAsked).hasValue(1);
        passes(Duration.ofSeconds(11));
        refused(forgeKey("made-up"));
        refused(forgeKey("made-up-2"));
        assertThat(issuer.keysAsked).hasValue(2);
    }

    @Test
    void aNewKeyIsAskedForAndTheOldOneIsNoneAnyMore() {
        String before = issuer.token("look");
        believed(before);
        issuer.turnsToKey("k2");
        passes(Duration.ofSeconds(11));

        believed(issuer.token("desk"));
        refused(before);
    }

    @Test
    void whileTheIssuerIsAwayItsKeysCountForATimeOnly() {
        String token =
                signed(
                        issuer.claims("look")
                                .expirationTime(Date.from(now.get().plusSeconds(9000)))
                                .build());
        believed(token);
        issuer.close();
        passes(Duration.ofMinutes(6));
        believed(token);
        passes(Duration.ofHours(1));
        StepVerifier.create(tokens.authenticate(new BearerLogin(token)))
                .expectErrorSatisfies(
                        error ->
                                assertThat(((ProblemException) error).status().value())
                                        .isEqualTo(503))
                .verify(SOON);
    }

    @Test
    void anIssuerThatSaysItIsAnotherIsNotTrusted() {
        issuer.poses("https://other.example");
        StepVerifier.create(tokens.authenticate(new BearerLogin(issuer.token("boss"))))
                .expectError(ProblemException.class)
                .verify(SOON);
        assertThat(issuer.keysAsked).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "none", "", "RS256,HS512"})
    void anAlgorithmOfASharedSecretCannotBeSet(String algorithms) {
        assertThatThrownBy(
                        () ->
                                settings(
                                        "https://issuer.example",
                                        null,
                                        List.of(algorithms.split(",")),
                                        Map.of("boss", AccessRole.ADMIN)))
                .hasMessageContaining("cctvout.security.oidc.algorithms");
    }

    @Test
    void anIssuerAloneIsNotEnough() {
        assertThatThrownBy(
                        () -> settings("https://issuer.example", null, List.of("RS256"), Map.of()))
                .hasMessageContaining("cctvout.security.oidc.roles");
        assertThatThrownBy(() -> settings("issuer.example", null))
                .hasMessageContaining("cctvout.security.oidc.issuer");
    }

    private String forgeKey(String id) {
        return Issuer.sign(issuer.claims("boss").build(), Issuer.key(id), JWSAlgorithm.RS256);
    }

    private void passes(Duration time) {
        now.set(now.get().plus(time));
    }

    private String signed(JWTClaimsSet claims) {
        return Issuer.sign(claims, issuer.key(), JWSAlgorithm.RS256);
    }

    private static String signed(
            JWSHeader header, JWTClaimsSet claims, com.nimbusds.jose.jwk.RSAKey key)
            throws JOSEException {
        var token = new SignedJWT(header, claims);
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private String withSecret(JWTClaimsSet claims) throws JOSEException {
        byte[] secret = issuer.key().toRSAPublicKey().getEncoded();
        var token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("k1").build(), claims);
        token.sign(new MACSigner(secret));
        return token.serialize();
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private Caller believed(String token) {
        return believed(token, tokens);
    }

    private static Caller believed(String token, JwtAuthentication tokens) {
        List<Authentication> known = new ArrayList<>();
        StepVerifier.create(tokens.authenticate(new BearerLogin(token)))
                .consumeNextWith(known::add)
                .expectComplete()
                .verify(SOON);
        return (Caller) known.getFirst();
    }

    private void refused(String token) {
        StepVerifier.create(tokens.authenticate(new BearerLogin(token)))
                .expectError(BadCredentialsException.class)
                .verify(SOON);
    }

    private JwtAuthentication trusting(OidcSettings settings) {
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

    private Clock clock() {
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

    private static OidcSettings settings(String issuer, @Nullable String roleClaim) {
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

    private static OidcSettings settings(
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
