package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.web.ApiClient;

import com.nimbusds.jose.JWSAlgorithm;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import reactor.test.StepVerifier;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;

/** The whole application, where it trusts an identity provider. */
@WholeApplication
class OidcTest {

    private static final Issuer ISSUER = new Issuer();

    @LocalServerPort private int port;

    @DynamicPropertySource
    static void trust(DynamicPropertyRegistry settings) {
        settings.add("cctvout.security.oidc.issuer", ISSUER::url);
        settings.add("cctvout.security.oidc.audience", () -> Issuer.AUDIENCE);
        settings.add("cctvout.security.oidc.clock-skew", () -> "0s");
        settings.add("cctvout.security.allowed-origins", () -> "https://desk.example");
        settings.add("cctvout.security.oidc.roles[city:look]", () -> "viewer");
        settings.add("cctvout.security.oidc.roles[city:boss]", () -> "admin");
    }

    @AfterAll
    static void stop() {
        ISSUER.close();
    }

    @ParameterizedTest
    @CsvSource({
        "city:look, GET, /api/cameras, 200",
        "city:look, GET, /api/users, 403",
        "city:look, DELETE, /api/cameras/none, 403",
        "city:boss, DELETE, /api/cameras/none, 404",
        "city:boss, GET, /api/audit, 200",
        "city:else, GET, /api/cameras, 403"
    })
    void theGrantedRoleDecides(String role, HttpMethod method, String path, int status) {
        as(ISSUER.token(role)).method(method).uri(path).exchange().expectStatus().isEqualTo(status);
    }

    @Test
    void aForgedTokenIsAProblem401AndOwnTokensAndPasswordsGoOn() {
        String forged =
                Issuer.sign(
                        ISSUER.claims("city:boss").build(), Issuer.key("k1"), JWSAlgorithm.RS256);
        as(forged)
                .get()
                .uri("/api/session")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        ApiClient.admin(port).get().uri("/api/session").exchange().expectStatus().isOk();
        as("cctv_0000_none").get().uri("/api/session").exchange().expectStatus().isUnauthorized();
    }

    @Test
    void whoseNameIsThatOfAnAccountDoesNotGetTheAccountsThings() {
        String token =
                Issuer.sign(
                        ISSUER.claims("city:boss").claim("preferred_username", "admin").build(),
                        ISSUER.key(),
                        JWSAlgorithm.RS256);
        as(token)
                .get()
                .uri("/api/session")
                .exchange()
                .expectBody()
                .jsonPath("$.user")
                .isEqualTo("oidc:admin")
                .jsonPath("$.role")
                .isEqualTo("ADMIN");
        as(token)
                .post()
                .uri("/api/tokens")
                .bodyValue(Map.of("name", "for ever"))
                .exchange()
                .expectStatus()
                .isEqualTo(409);
        as(token)
                .put()
                .uri("/api/session/password")
                .bodyValue(Map.of("current", WholeApplication.PASSWORD, "password", "another one"))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void aStreamEndsWithItsToken() {
        // a token says whole seconds
        Date end = Date.from(Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS));
        String token =
                Issuer.sign(
                        ISSUER.claims("city:look").expirationTime(end).build(),
                        ISSUER.key(),
                        JWSAlgorithm.RS256);
        var stream =
                as(token)
                        .get()
                        .uri("/api/stream")
                        .accept(MediaType.TEXT_EVENT_STREAM)
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .returnResult(String.class)
                        .getResponseBody();

        StepVerifier.create(stream.ignoreElements())
                .expectComplete()
                .verify(Duration.ofSeconds(30));

        assertThat(Instant.now()).isAfterOrEqualTo(end.toInstant());
        as(token).get().uri("/api/session").exchange().expectStatus().isUnauthorized();
    }

    /** Its page brings a token of its own, as no browser does by itself. */
    @Test
    void aNamedSitesPageMayChangeThingsAndAnotherMayNot() {
        for (String origin : List.of("https://desk.example", "https://evil.example")) {
            boolean named = origin.contains("desk");
            ApiClient.anonymous(port)
                    .options()
                    .uri("/api/cameras/none")
                    .header("Origin", origin)
                    .header("Access-Control-Request-Method", "DELETE")
                    .header("Access-Control-Request-Headers", "authorization")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(named ? 200 : 403);
            as(ISSUER.token("city:boss"))
                    .delete()
                    .uri("/api/cameras/none")
                    .header("Origin", origin)
                    .header("Sec-Fetch-Site", "cross-site")
                    .exchange()
                    .expectStatus()
                    .isEqualTo(named ? 404 : 403);
        }
    }

    private WebTestClient as(String token) {
        return ApiClient.anonymous(port)
                .mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(token))
                .build();
    }
}
