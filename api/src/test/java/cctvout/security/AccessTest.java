package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.web.ApiClient;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;

import java.util.Map;
import java.util.Objects;

@WholeApplication
class AccessTest {

    @LocalServerPort private int port;
    private WebTestClient anonymous;

    @BeforeEach
    void connect() {
        anonymous = ApiClient.anonymous(port);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/api/cameras",
        "POST,/api/cameras",
        "POST,/api/cameras/import",
        "GET,/api/cameras/x",
        "PUT,/api/cameras/x",
        "PATCH,/api/cameras/x",
        "DELETE,/api/cameras/x",
        "GET,/api/stream",
        "GET,/api/session",
        "GET,/api/nothing",
        "GET,/api",
        "GET,/actuator/prometheus",
        "GET,/actuator/env",
        "GET,/v3/api-docs",
        "OPTIONS,/api/cameras"
    })
    void isClosedWithoutCredentials(HttpMethod method, String path) {
        anonymous
                .method(method)
                .uri(path)
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void doesNotFollowAPathThatLeadsRound() {
        for (String path : new String[] {"/js/../api/cameras", "/js//api/cameras"}) {
            anonymous
                    .get()
                    .uri(path)
                    .exchange()
                    .expectStatus()
                    .value(status -> assertThat(status).isIn(400, 401));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/healthz",
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/",
                "/login",
                "/js/api.js"
            })
    void healthAndPageAreOpen(String path) {
        anonymous
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("X-Frame-Options", "DENY")
                .expectHeader()
                .valueEquals("X-Content-Type-Options", "nosniff")
                .expectHeader()
                .value(
                        "Content-Security-Policy",
                        policy -> assertThat(policy).doesNotContain("unsafe-inline"));
    }

    /** As a watch of another maker asks. */
    @ParameterizedTest
    @ValueSource(strings = {"/healthz", "/actuator/health/liveness", "/actuator/health/readiness"})
    void healthIsOpenToWhoAsksForTheHeadAlone(String path) {
        anonymous.head().uri(path).exchange().expectStatus().isOk();
    }

    @Test
    void challengesAProgramButNotThePage() {
        anonymous
                .get()
                .uri("/api/cameras")
                .exchange()
                .expectHeader()
                .value("WWW-Authenticate", value -> assertThat(value).startsWith("Basic"));
        anonymous
                .get()
                .uri("/api/cameras")
                .header("X-Requested-With", "XMLHttpRequest")
                .exchange()
                .expectStatus()
                .isUnauthorized()
                .expectHeader()
                .doesNotExist("WWW-Authenticate");
        anonymous
                .get()
                .uri("/swagger-ui.html")
                .accept(MediaType.TEXT_HTML)
                .exchange()
                .expectStatus()
                .isSeeOther()
                .expectHeader()
                .location("/login");
    }

    @Test
    void takesTheRightPasswordAlone() {
        withBasic("admin", WholeApplication.PASSWORD).expectStatus().isOk();
        withBasic("admin", "wrong").expectStatus().isUnauthorized();
        withBasic("nobody", WholeApplication.PASSWORD).expectStatus().isUnauthorized();
        withBasic("", "").expectStatus().isUnauthorized();
        anonymous
                .get()
                .uri("/api/session")
                .header(HttpHeaders.AUTHORIZATION, "Bearer " + WholeApplication.PASSWORD)
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }

    @Test
    void tooManyWrongPasswordsMustWait() {
        for (int i = 0; i < 10; i++) {
            withBasic("mallory", "guess-" + i).expectStatus().isUnauthorized();
        }
        withBasic("mallory", "guess-10")
                .expectStatus()
                .isEqualTo(429)
                .expectHeader()
                .exists("Retry-After");
        withBasic("admin", WholeApplication.PASSWORD).expectStatus().isOk();
    }

    @Test
    void aSessionChangesThingsWithTheTokenAlone() {
        EntityExchangeResult<byte[]> login = login();
        ResponseCookie session = cookie(login, "CCTVOUT");
        assertThat(session.isHttpOnly()).isTrue();
        assertThat(session.getSameSite()).isEqualToIgnoringCase("lax");
        String token = cookie(login, "XSRF-TOKEN").getValue();

        withSession(HttpMethod.GET, "/api/session", session, token, null)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.user")
                .isEqualTo("admin");
        withSession(HttpMethod.DELETE, "/api/cameras/csrf-1", session, token, null)
                .expectStatus()
                .isForbidden()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        withSession(HttpMethod.DELETE, "/api/cameras/csrf-1", session, token, "guessed")
                .expectStatus()
                .isForbidden();
        withSession(HttpMethod.DELETE, "/api/cameras/csrf-1", session, token, token)
                .expectStatus()
                .isNotFound();
        withSession(HttpMethod.POST, "/logout", session, token, token).expectStatus().isNoContent();
        withSession(HttpMethod.GET, "/api/session", session, token, null)
                .expectStatus()
                .isUnauthorized();
    }

    /** Browsers send Fetch Metadata over secured connections alone. */
    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site,cross-site,403",
        "Sec-Fetch-Site,same-site,403",
        "Sec-Fetch-Site,same-origin,404",
        "Sec-Fetch-Site,none,404",
        "Origin,http://evil.example,403",
        "Origin,http://localhost:1,403",
        "Origin,null,403",
        "Origin,http://localhost:PORT,404",
        "Origin,https://localhost:PORT,404"
    })
    void credentialsThatABrowserRemembersDoNotServeAnotherSite(
            String header, String value, int status) {
        ApiClient.admin(port)
                .delete()
                .uri("/api/cameras/csrf-2")
                .header(header, value.replace("PORT", Integer.toString(port)))
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    @Test
    void aWrongLoginIsRefusedAndABadOneNamesTheField() {
        anonymous
                .post()
                .uri("/login")
                .bodyValue(Map.of("username", "admin", "password", "no"))
                .exchange()
                .expectStatus()
                .isUnauthorized();
        anonymous
                .post()
                .uri("/login")
                .bodyValue(Map.of("username", "admin"))
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("password");
    }

    @Test
    void metricsAndDocumentationAreThereForTheAdmin() {
        for (String path :
                new String[] {"/actuator/prometheus", "/v3/api-docs", "/swagger-ui/index.html"}) {
            ApiClient.admin(port).get().uri(path).exchange().expectStatus().isOk();
        }
    }

    private WebTestClient.ResponseSpec withBasic(String user, String password) {
        return anonymous
                .get()
                .uri("/api/session")
                .header(HttpHeaders.AUTHORIZATION, ApiClient.basic(user, password))
                .exchange();
    }

    private WebTestClient.ResponseSpec withSession(
            HttpMethod method,
            String path,
            ResponseCookie session,
            String token,
            @org.jspecify.annotations.Nullable String header) {
        return anonymous
                .method(method)
                .uri(path)
                .cookie("CCTVOUT", session.getValue())
                .cookie("XSRF-TOKEN", token)
                .headers(
                        headers -> {
                            if (header != null) {
                                headers.set("X-XSRF-TOKEN", header);
                            }
                        })
                .exchange();
    }

    private EntityExchangeResult<byte[]> login() {
        return anonymous
                .post()
                .uri("/login")
                .bodyValue(Map.of("username", "admin", "password", WholeApplication.PASSWORD))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult();
    }

    private static ResponseCookie cookie(EntityExchangeResult<byte[]> answer, String name) {
        return Objects.requireNonNull(answer.getResponseCookies().getFirst(name), name);
    }
}
