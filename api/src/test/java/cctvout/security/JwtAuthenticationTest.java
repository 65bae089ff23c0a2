package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Date;
import java.util.List;
import java.util.Map;

/** Tokens of an issuer on loopback: who is believed, and what that allows. */
class JwtAuthenticationTest {

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

    @Test
    void aTokenOfTheIssuerIsBelieved() {
        Caller caller = rig.believed(issuer.token("nothing here", "desk"));

        assertThat(caller.getName()).isEqualTo("oidc:jane");
        assertThat(caller.role()).isEqualTo(AccessRole.OPERATOR);
        assertThat(caller.endedAt(rig.now.get())).isFalse();
        assertThat(caller.endedAt(rig.now.get().plusSeconds(331))).isTrue();
    }

    @Test
    void theGreatestRoleCountsAndARecipientsOnlyWhereThereIsNoOther() {
        assertThat(rig.believed(issuer.token("look", "boss", "desk")).role())
                .isEqualTo(AccessRole.ADMIN);
        assertThat(rig.believed(issuer.token("vendor", "look")).role())
                .isEqualTo(AccessRole.VIEWER);
        Caller vendor =
                rig.believed(
                        rig.signed(
                                issuer.claims("vendor").claim("recipient_id", "hanbit").build()));
        assertThat(vendor.role()).isEqualTo(AccessRole.RECIPIENT);
        assertThat(vendor.recipientId()).isEqualTo("hanbit");
    }

    @Test
    void rolesMayLieDeeperAndTheNameMayBeTheSubject() {
        Caller caller =
                rig.believed(
                        rig.signed(
                                issuer.claims()
                                        .claim("preferred_username", null)
                                        .claim("roles", null)
                                        .claim("realm", Map.of("roles", "look desk"))
                                        .build()),
                        rig.trusting(JwtRig.settings(issuer.url(), "realm.roles")));

        assertThat(caller.getName()).isEqualTo("oidc:4711");
        assertThat(caller.role()).isEqualTo(AccessRole.OPERATOR);
    }

    @Test
    void clocksMayDifferByTheSkew() {
        var late = issuer.claims("look").expirationTime(Date.from(rig.now.get().minusSeconds(20)));
        assertThat(rig.believed(rig.signed(late.build())).role()).isEqualTo(AccessRole.VIEWER);
        var early = issuer.claims("look").notBeforeTime(Date.from(rig.now.get().plusSeconds(20)));
        assertThat(rig.believed(rig.signed(early.build())).role()).isEqualTo(AccessRole.VIEWER);
    }

    @Test
    void whoIsGrantedNothingHereMayNothing() {
        for (JWTClaimsSet claims :
                List.of(
                        issuer.claims().build(),
                        issuer.claims("ADMIN", "admin", "Boss").build(),
                        issuer.claims().claim("roles", Map.of("boss", true)).build(),
                        issuer.claims("vendor").build())) {
            rig.answered(rig.signed(claims), 403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "none", "", "RS256,HS512"})
    void anAlgorithmOfASharedSecretCannotBeSet(String algorithms) {
        assertThatThrownBy(
                        () ->
                                JwtRig.settings(
                                        "https://issuer.example",
                                        null,
                                        List.of(algorithms.split(",")),
                                        Map.of("boss", AccessRole.ADMIN)))
                .hasMessageContaining("cctvout.security.oidc.algorithms");
    }

    @Test
    void anIssuerAloneIsNotEnough() {
        assertThatThrownBy(
                        () ->
                                JwtRig.settings(
                                        "https://issuer.example", null, List.of("RS256"), Map.of()))
                .hasMessageContaining("cctvout.security.oidc.roles");
        assertThatThrownBy(() -> JwtRig.settings("issuer.example", null))
                .hasMessageContaining("cctvout.security.oidc.issuer");
    }
}
