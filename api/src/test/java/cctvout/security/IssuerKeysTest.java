package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.problem.ProblemException;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.RSAKey;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import reactor.test.StepVerifier;

import java.time.Duration;
import java.util.Date;

/** The issuer's keys: kept, asked for anew, and how long they count without it. */
class IssuerKeysTest {

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
    void keysAreKeptAndMadeUpNamesDoNotAskAgainAndAgain() {
        for (int i = 0; i < 20; i++) {
            rig.believed(issuer.token("look"));
        }
        assertThat(issuer.keysAsked).hasValue(1);
        RSAKey madeUp = Issuer.key("made-up");
        for (int i = 0; i < 20; i++) {
            rig.refused(Issuer.sign(issuer.claims("boss").build(), madeUp, JWSAlgorithm.RS256));
        }
        assertThat(issuer.keysAsked).hasValue(1);
        rig.passes(Duration.ofSeconds(11));
        rig.refused(forgeKey("made-up"));
        rig.refused(forgeKey("made-up-2"));
        assertThat(issuer.keysAsked).hasValue(2);
    }

    @Test
    void aNewKeyIsAskedForAndTheOldOneIsNoneAnyMore() {
        String before = issuer.token("look");
        rig.believed(before);
        issuer.turnsToKey("k2");
        rig.passes(Duration.ofSeconds(11));

        rig.believed(issuer.token("desk"));
        rig.refused(before);
    }

    @Test
    void whileTheIssuerIsAwayItsKeysCountForATimeOnly() {
        String token =
                rig.signed(
                        issuer.claims("look")
                                .expirationTime(Date.from(rig.now.get().plusSeconds(9000)))
                                .build());
        rig.believed(token);
        issuer.close();
        rig.passes(Duration.ofMinutes(6));
        rig.believed(token);
        rig.passes(Duration.ofHours(1));
        rig.answered(token, 503);
    }

    @Test
    void anIssuerThatSaysItIsAnotherIsNotTrusted() {
        issuer.poses("https://other.example");
        StepVerifier.create(rig.asked(issuer.token("boss")))
                .expectError(ProblemException.class)
                .verify(JwtRig.SOON);
        assertThat(issuer.keysAsked).hasValue(0);
    }

    private String forgeKey(String id) {
        return Issuer.sign(issuer.claims("boss").build(), Issuer.key(id), JWSAlgorithm.RS256);
    }
}
