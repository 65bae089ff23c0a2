package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import cctvout.WholeApplication;
import cctvout.web.ApiClient;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

import reactor.core.Disposable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What is granted, and taken back. */
@WholeApplication
class GrantsTest {

    private static final String PASSWORD = "correct horse";

    @LocalServerPort private int port;
    private WebTestClient admin;

    @BeforeEach
    void connect() {
        admin = ApiClient.admin(port);
    }

    @Test
    void aTokenIsShownOnceWorksAndEndsWithItsRevocation() {
        Map<String, Object> made = token("script", "VIEWER");
        String bearer = text(made, "token");
        assertThat(bearer).startsWith("cctv_");
        with(bearer).get().uri("/api/cameras").exchange().expectStatus().isOk();
        with(bearer).delete().uri("/api/cameras/x").exchange().expectStatus().isForbidden();
        with(bearer + "x").get().uri("/api/cameras").exchange().expectStatus().isUnauthorized();

        byte[] listed =
                admin.get()
                        .uri("/api/tokens")
                        .exchange()
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        assertThat(new String(Objects.requireNonNull(listed), UTF_8))
                .contains(text(made, "id"))
                .doesNotContain(bearer.split("_", 3)[2]);

        admin.get()
                .uri("/api/tokens/" + text(made, "id"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.createdAt")
                .isEqualTo(text(made, "createdAt"))
                .jsonPath("$.expiresAt")
                .isEqualTo(text(made, "expiresAt"))
                .jsonPath("$.token")
                .doesNotExist();

        admin.delete()
                .uri("/api/tokens/" + text(made, "id"))
                .exchange()
                .expectStatus()
                .isNoContent();
        with(bearer).get().uri("/api/cameras").exchange().expectStatus().isUnauthorized();
    }

    @Test
    void aTokenIsNeverWorthMoreThanItsOwner() {
        account("grants-viewer", "VIEWER");
        WebTestClient viewer = basic("grants-viewer");
        viewer.post()
                .uri("/api/tokens")
                .bodyValue(Map.of("name", "more", "role", "ADMIN"))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("role");
        viewer.post()
                .uri("/api/tokens")
                .bodyValue(
                        Map.of(
                                "name",
                                "for ever",
                                "expiresAt",
                                Instant.now().plusSeconds(90_000_000)))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("expiresAt");
    }

    @Test
    void aDisabledAccountIsOutAtOnceWithItsSessionsTokensAndStreams() throws Exception {
        account("grants-leaver", "OPERATOR");
        String bearer =
                text(
                        body(
                                basic("grants-leaver")
                                        .post()
                                        .uri("/api/tokens")
                                        .bodyValue(Map.of("name", "t"))),
                        "token");
        CompletableFuture<Boolean> closed = new CompletableFuture<>();
        CompletableFuture<Boolean> open = new CompletableFuture<>();
        Disposable stream = stream(bearer, open, closed);
        open.get(20, TimeUnit.SECONDS);

        admin.patch()
                .uri("/api/users/grants-leaver")
                .bodyValue(Map.of("enabled", false))
                .exchange()
                .expectStatus()
                .isOk();

        closed.get(5, TimeUnit.SECONDS);
        stream.dispose();
        with(bearer).get().uri("/api/cameras").exchange().expectStatus().isUnauthorized();
        basic("grants-leaver").get().uri("/api/cameras").exchange().expectStatus().isUnauthorized();
    }

    @Test
    void aChangeThatChangesNothingKeepsTheVersion() {
        account("grants-stayer", "VIEWER");
        for (Map<String, ?> same :
                List.of(Map.<String, Object>of(), Map.of("role", "VIEWER", "enabled", true))) {
            patched("grants-stayer", same).jsonPath("$.version").isEqualTo(1);
        }
        admin.put()
                .uri("/api/users/grants-stayer")
                .header(HttpHeaders.IF_MATCH, "\"2\"")
                .bodyValue(Map.of("role", "VIEWER"))
                .exchange()
                .expectStatus()
                .isEqualTo(412);
        patched("grants-stayer", Map.of("password", PASSWORD)).jsonPath("$.version").isEqualTo(2);
    }

    private WebTestClient.BodyContentSpec patched(String name, Map<String, ?> change) {
        return admin.patch()
                .uri("/api/users/" + name)
                .bodyValue(change)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody();
    }

    @Test
    void aChangedPasswordEndsTheOldOne() {
        account("grants-changer", "VIEWER");
        WebTestClient old = basic("grants-changer");
        old.put()
                .uri("/api/session/password")
                .bodyValue(Map.of("current", "not it", "password", "another one"))
                .exchange()
                .expectStatus()
                .isBadRequest();
        old.put()
                .uri("/api/session/password")
                .bodyValue(Map.of("current", PASSWORD, "password", "another one"))
                .exchange()
                .expectStatus()
                .isNoContent();
        old.get().uri("/api/session").exchange().expectStatus().isUnauthorized();
    }

    @Test
    void badAccountsAreRefusedByField() {
        admin.post()
                .uri("/api/users")
                .bodyValue(Map.of("name", "a b", "role", "RECIPIENT", "password", "short"))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[?(@.field=='name')]")
                .exists()
                .jsonPath("$.errors[?(@.field=='recipientId')]")
                .exists()
                .jsonPath("$.errors[?(@.field=='password')]")
                .exists();
        admin.patch()
                .uri("/api/users/admin")
                .bodyValue(Map.of("role", "VIEWER"))
                .exchange()
                .expectStatus()
                .isEqualTo(409);
        admin.delete().uri("/api/users/admin").exchange().expectStatus().isEqualTo(409);
    }

    @Test
    void changesAreInTheAuditLogWithWhoAndWithoutSecrets() {
        account("grants-audited", "VIEWER");
        admin.delete().uri("/api/users/grants-audited").exchange().expectStatus().isNoContent();
        Instant until = Instant.now().plusSeconds(20);
        String log = "";
        while (!log.contains("/api/users/grants-audited") && Instant.now().isBefore(until)) {
            byte[] page =
                    admin.get()
                            .uri("/api/audit?limit=100")
                            .exchange()
                            .expectBody()
                            .returnResult()
                            .getResponseBody();
            log = new String(Objects.requireNonNull(page), UTF_8);
        }
        assertThat(log)
                .contains(
                        "\"method\":\"DELETE\",\"path\":\"/api/users/grants-audited\",\"status\":204")
                .contains("\"account\":\"admin\"")
                .doesNotContain(PASSWORD);
    }

    private Disposable stream(
            String bearer, CompletableFuture<Boolean> open, CompletableFuture<Boolean> closed) {
        return reactor.netty.http.client.HttpClient.newConnection()
                .headers(headers -> headers.set("Authorization", "Bearer " + bearer))
                .get()
                .uri("http://localhost:" + port + "/api/stream")
                .responseContent()
                .asString()
                .timeout(Duration.ofSeconds(60))
                .doOnNext(_ -> open.complete(true))
                .doFinally(_ -> closed.complete(true))
                .subscribe(_ -> {}, open::completeExceptionally);
    }

    private void account(String name, String role) {
        admin.post()
                .uri("/api/users")
                .bodyValue(Map.of("name", name, "role", role, "password", PASSWORD))
                .exchange()
                .expectStatus()
                .isCreated();
    }

    private Map<String, Object> token(String name, String role) {
        return body(admin.post().uri("/api/tokens").bodyValue(Map.of("name", name, "role", role)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> body(WebTestClient.RequestHeadersSpec<?> request) {
        return Objects.requireNonNull(
                (Map<String, Object>)
                        request.exchange()
                                .expectStatus()
                                .isCreated()
                                .expectBody(Map.class)
                                .returnResult()
                                .getResponseBody());
    }

    private static String text(Map<String, Object> body, String field) {
        return Objects.requireNonNull(body.get(field), field).toString();
    }

    private WebTestClient with(String bearer) {
        return header("Bearer " + bearer);
    }

    private WebTestClient basic(String name) {
        return header(ApiClient.basic(name, PASSWORD));
    }

    private WebTestClient header(String value) {
        return ApiClient.anonymous(port)
                .mutate()
                .defaultHeader(HttpHeaders.AUTHORIZATION, value)
                .build();
    }
}
