package cctvout.security;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Callers whom an identity provider vouches for (OpenID Connect): off where no issuer is named.
 *
 * @param issuer exactly as its tokens say ({@code iss})
 * @param audience that a token must be for ({@code aud}): this installation's name at the issuer
 * @param jwkSetUri where its keys are; null for what its discovery document says
 * @param algorithms that a token may be signed with: of RSA or elliptic curves, never a shared
 *     secret's
 * @param clockSkew by which its clock and ours may differ, 0 to 5 min
 * @param nameClaim who it is; {@code sub} where a token has none of that name
 * @param roleClaim where its roles are, one or a list; a path such as {@code realm_access.roles}
 * @param roles what they mean here; one that is not named means nothing
 * @param recipientClaim which recipient it is, for the role {@code RECIPIENT}
 * @param keysFor after so long the keys are asked for again, 10 s to 1 day
 * @param keysAtMost while the issuer does not answer its keys count so long, up to 7 days
 * @param keysRetry least time between two askings, 100 ms to 1 h
 * @param deadline of one answer, 100 ms to 1 min
 * @param maxDocument bytes of one answer, 1 KB to 10 MB
 */
@ConfigurationProperties("cctvout.security.oidc")
record OidcSettings(
        @Nullable String issuer,
        @Nullable String audience,
        @Nullable URI jwkSetUri,
        @DefaultValue("RS256") List<String> algorithms,
        @DefaultValue("30s") Duration clockSkew,
        @DefaultValue("preferred_username") String nameClaim,
        @DefaultValue("roles") String roleClaim,
        @DefaultValue Map<String, AccessRole> roles,
        @DefaultValue("recipient_id") String recipientClaim,
        @DefaultValue("5m") Duration keysFor,
        @DefaultValue("1h") Duration keysAtMost,
        @DefaultValue("10s") Duration keysRetry,
        @DefaultValue("5s") Duration deadline,
        @DefaultValue("256KB") DataSize maxDocument) {

    private static final Pattern WEB = Pattern.compile("https?://[^@\\s]+");
    private static final Set<String> ASYMMETRIC =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    OidcSettings {
        if (issuer != null && issuer.isBlank()) {
            issuer = null;
        }
        if (issuer != null) {
            check("issuer", WEB.matcher(issuer).matches(), "an http or https URL");
            check("audience", audience != null && !audience.isBlank(), "required with an issuer");
            check("roles", !roles.isEmpty(), "required with an issuer");
        }
        check(
                "jwk-set-uri",
                jwkSetUri == null || WEB.matcher(jwkSetUri.toString()).matches(),
                "an http or https URL");
        check(
                "algorithms",
                !algorithms.isEmpty() && ASYMMETRIC.containsAll(algorithms),
                "of " + ASYMMETRIC.stream().sorted().toList());
        between("clock-skew", clockSkew, Duration.ZERO, Duration.ofMinutes(5));
        between("keys-for", keysFor, Duration.ofSeconds(10), Duration.ofDays(1));
        between("keys-at-most", keysAtMost, keysFor, Duration.ofDays(7));
        between("keys-retry", keysRetry, Duration.ofMillis(100), Duration.ofHours(1));
        between("deadline", deadline, Duration.ofMillis(100), Duration.ofMinutes(1));
        check(
                "max-document",
                maxDocument.toBytes() >= 1024 && maxDocument.toMegabytes() <= 10,
                "between 1KB and 10MB");
    }

    private static void between(String name, Duration value, Duration least, Duration most) {
        check(
                name,
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "between " + least + " and " + most);
    }

    private static void check(String name, boolean right, String expected) {
        if (!right) {
            throw new IllegalArgumentException("cctvout.security.oidc." + name + ": " + expected);
        }
    }
}
