package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/** Forgeries of a token that is believed, each good but for one thing. */
class JwtForgeryTest {

    private JwtRig rig;
    private Issuer issuer;

    @BeforeEach
    void start() {
        rig = new JwtRig();
        issuer = rig.issuer;
    }

    @AfterEach
    void stop() {
        rig.close();
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
        assertThat(rig.believed(issuer.token("boss")).role()).isEqualTo(AccessRole.ADMIN);

        rig.refused(forged(forgery));
    }

    private String forged(Forgery forgery) throws JOSEException {
        JWTClaimsSet.Builder claims = issuer.claims("boss");
        Instant start = rig.now.get();
        return switch (forgery) {
            case OTHER_ISSUER -> rig.signed(claims.issuer(issuer.url() + "/").build());
            case NO_ISSUER -> rig.signed(claims.issuer(null).build());
            case OTHER_AUDIENCE -> rig.signed(claims.audience("other").build());
            case NO_AUDIENCE -> rig.signed(claims.audience((String) null).build());
            case EXPIRED ->
                    rig.signed(claims.expirationTime(Date.from(start.minusSeconds(40))).build());
            case NO_END -> rig.signed(claims.expirationTime(null).build());
            case NOT_YET ->
                    rig.signed(claims.notBeforeTime(Date.from(start.plusSeconds(90))).build());
            case NOBODY ->
                    rig.signed(claims.subject(null).claim("preferred_username", "\n").build());
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
                String[] others = rig.signed(claims.build()).split("\\.");
                yield parts[0] + "." + others[1] + "." + parts[2];
            }
            case CUT -> issuer.token("boss").substring(0, 200);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a.b.c", "e30.e30.", "no token at all", "한글.한글.한글"})
    void whatIsNoTokenIsNotBelieved(String text) {
        rig.refused(text);
        assertThat(issuer.keysAsked).hasValue(0);
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
}
