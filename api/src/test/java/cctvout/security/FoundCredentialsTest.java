package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.web.ApiClient;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What somebody can do who finds a token, or a page that was left open: no more, and no longer. */
@WholeApplication
class FoundCredentialsTest {

    private static final String PASSWORD = "correct horse";

    @LocalServerPort private int port;
    private String account = "";
    private WebTestClient owner;

    @BeforeEach
    void connect() {
        account = "found-" + UUID.randomUUID();
        ApiClient.admin(port)
                .post()
                .uri("/api/users")
                .bodyValue(Map.of("name", account, "role", "OPERATOR", "password", PASSWORD))
                .exchange()
                .expectStatus()
                .isCreated();
        owner = as(ApiClient.basic(account, PASSWORD));
    }

    @Test
    void aTokenMakesNoOtherThatWouldOutliveIt() {
        WebTestClient found = as("Bearer " + made(owner, "VIEWER").get("token"));
        found.post()
                .uri("/api/tokens")
                .bodyValue(Map.of("name", "for ever", "role", "VIEWER"))
                .exchange()
                .expectStatus()
                .isForbidden();
        found.get().uri("/api/tokens").exchange().expectBody().jsonPath("$.total").isEqualTo(1);
    }

    @Test
    void aTokenTakesBackNoneButItself() {
        Map<?, ?> reading = made(owner, "VIEWER");
        Object writing = made(owner, "OPERATOR").get("id");
        WebTestClient found = as("Bearer " + reading.get("token"));
        found.delete().uri("/api/tokens/{id}", writing).exchange().expectStatus().isForbidden();
        found.delete().uri("/api/tokens/no-such").exchange().expectStatus().isNotFound();
        owner.get().uri("/api/tokens/{id}", writing).exchange().expectStatus().isOk();
        found.delete()
                .uri("/api/tokens/{id}", reading.get("id"))
                .exchange()
                .expectStatus()
                .isNoContent();
        found.get().uri("/api/cameras").exchange().expectStatus().isUnauthorized();
    }

    @Test
    void aTokenGetsAnotherNameAndEndButNoOtherRights() {
        Map<?, ?> made = made(owner, "VIEWER");
        String uri = "/api/tokens/" + made.get("id");
        String sooner = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();
        owner.patch()
                .uri(uri)
                .bodyValue(Map.of("expiresAt", sooner))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.name")
                .isEqualTo("script")
                .jsonPath("$.expiresAt")
                .isEqualTo(sooner)
                .jsonPath("$.token")
                .doesNotExist();
        owner.put()
                .uri(uri)
                .bodyValue(
                        Map.of(
                                "id",
                                String.valueOf(made.get("id")),
                                "name",
                                "now so",
                                "role",
                                "VIEWER"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.name")
                .isEqualTo("now so")
                .jsonPath("$.expiresAt")
                .isEqualTo(sooner);
        WebTestClient shown = as("Bearer " + made.get("token"));
        shown.get().uri(uri).exchange().expectBody().jsonPath("$.name").isEqualTo("now so");
        shown.patch()
                .uri(uri)
                .bodyValue(Map.of("expiresAt", Instant.now().plusSeconds(86_400)))
                .exchange()
                .expectStatus()
                .isForbidden();
        for (Map<String, Object> wrong :
                List.<Map<String, Object>>of(
                        Map.of("role", "ADMIN"),
                        Map.of("name", " "),
                        Map.of("expiresAt", Instant.now().plusSeconds(90_000_000)))) {
            owner.patch()
                    .uri(uri)
                    .bodyValue(wrong)
                    .exchange()
                    .expectStatus()
                    .isBadRequest()
                    .expectBody()
                    .jsonPath("$.errors[0].field")
                    .isEqualTo(wrong.keySet().iterator().next());
        }
        connect();
        owner.patch()
                .uri(uri)
                .bodyValue(Map.of("name", "another account's"))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void thePasswordIsNotTriedWithoutEnd() {
        WebTestClient found = as("Bearer " + made(owner, "VIEWER").get("token"));
        for (int i = 0; i < 10; i++) {
            guess(found, "guess " + i).expectStatus().isBadRequest();
        }
        guess(found, PASSWORD)
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .exists(HttpHeaders.RETRY_AFTER)
                .expectBody()
                .jsonPath("$.detail")
                .value(
                        String.class,
                        said -> assertThat(said).contains("cctvout.security.failed-logins"));
    }

    private static WebTestClient.ResponseSpec guess(WebTestClient client, String password) {
        return client.put()
                .uri("/api/session/password")
                .bodyValue(Map.of("current", password, "password", "mine from now on"))
                .exchange();
    }

    private static Map<?, ?> made(WebTestClient client, String role) {
        return Objects.requireNonNull(
                client.post()
                        .uri("/api/tokens")
                        .bodyValue(Map.of("name", "script", "role", role))
                        .exchange()
                        .expectStatus()
                        .isCreated()
                        .expectBody(Map.class)
                        .returnResult()
                        .getResponseBody());
    }

    private WebTestClient as(String authorization) {
        return ApiClient.anonymous(port)
                .mutate()
                .defaultHeader(HttpHeaders.AUTHORIZATION, authorization)
                .build();
    }
}
