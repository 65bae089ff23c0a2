package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.web.ApiClient;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.test.web.reactive.server.WebTestClient;

import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Every change, and every try of one, with who and from where. */
@WholeApplication
class AuditTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = "a long password";
    private static final int PAGE = 500;

    /** They look, with a body. */
    private static final Set<String> NO_CHANGE =
            Set.of("POST /api/policies/try", "POST /api/templates/preview");

    @LocalServerPort private int port;
    private final JsonMapper json = JsonMapper.builder().build();
    private WebTestClient admin;
    private String account = "";

    @BeforeEach
    void connect() {
        admin = ApiClient.admin(port);
        account = "audit-" + UUID.randomUUID();
        admin.post()
                .uri("/api/users")
                .bodyValue(Map.of("name", account, "role", "ADMIN", "password", PASSWORD))
                .exchange()
                .expectStatus()
                .isCreated();
    }

    @Test
    void everyRouteThatChangesSomethingIsNoted() {
        Set<String> asked = new TreeSet<>();
        WebTestClient own = as(account, PASSWORD);
        for (AccessRule rule : AccessRules.all()) {
            String path = rule.path().replaceAll("\\{[a-z]+}", "no-such-thing");
            String route = rule.method() + " " + path;
            if (rule.method().equals("GET") || NO_CHANGE.contains(route)) {
                continue;
            }
            own.method(HttpMethod.valueOf(rule.method()))
                    .uri(path)
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue("{}")
                    .exchange()
                    .expectBody()
                    .returnResult();
            asked.add(route);
        }
        assertThat(asked).hasSizeGreaterThan(30);
        assertThat(noted(account, asked.size())).containsAll(asked);
    }

    @Test
    void whoCameAndWentAndWhoWasRefusedIsNoted() {
        WebTestClient anonymous = ApiClient.anonymous(port);
        login(anonymous, account, "not the password").expectStatus().isUnauthorized();
        as(account, "not this one")
                .get()
                .uri("/api/session")
                .exchange()
                .expectStatus()
                .is4xxClientError();
        ResponseCookie session =
                Objects.requireNonNull(
                        login(anonymous, account, PASSWORD)
                                .expectStatus()
                                .isOk()
                                .expectBody()
                                .returnResult()
                                .getResponseCookies()
                                .getFirst("CCTVOUT"));
        anonymous
                .post()
                .uri("/logout")
                .cookie("CCTVOUT", session.getValue())
                .cookie("XSRF-TOKEN", "t")
                .header("X-XSRF-TOKEN", "t")
                .exchange()
                .expectStatus()
                .isNoContent();
        assertThat(outcomes(account, 4))
                .contains("POST /login 401", "POST /login 200", "POST /logout 204");
    }

    /** Its name may be a password that went into the wrong field. */
    @Test
    void whoIsNobodyIsNotedWithoutTheNameThatWasGiven() {
        String given = "kanarie-" + UUID.randomUUID();
        login(ApiClient.anonymous(port), given, "x").expectStatus().isUnauthorized();
        login(ApiClient.anonymous(port), given + "\0", "x").expectStatus().isUnauthorized();
        assertThat(outcomes("?", 2)).containsOnly("POST /login 401");
        assertThat(page(PAGE, "").toString()).doesNotContain(given);
    }

    private static WebTestClient.ResponseSpec login(
            WebTestClient client, String name, String password) {
        return client.post()
                .uri("/login")
                .bodyValue(Map.of("username", name, "password", password))
                .exchange();
    }

    private Set<String> noted(String who, int least) {
        Set<String> found = new TreeSet<>();
        await(who, least)
                .forEach(
                        one ->
                                found.add(
                                        one.path("method").stringValue()
                                                + " "
                                                + one.path("path").stringValue()));
        return found;
    }

    private Set<String> outcomes(String who, int least) {
        Set<String> found = new TreeSet<>();
        await(who, least)
                .forEach(
                        one ->
                                found.add(
                                        one.path("method").stringValue()
                                                + " "
                                                + one.path("path").stringValue()
                                                + " "
                                                + one.path("status").intValue()));
        return found;
    }

    /** It is written a moment after the answer. */
    private JsonNode await(String who, int least) {
        AtomicReference<JsonNode> found = new AtomicReference<>();
        StepVerifier.create(
                        Flux.interval(Duration.ofMillis(100), Schedulers.boundedElastic())
                                .onBackpressureDrop()
                                .map(_ -> page(PAGE, who))
                                .filter(items -> items.size() >= least)
                                .next())
                .consumeNextWith(found::set)
                .expectComplete()
                .verify(PATIENCE);
        return Objects.requireNonNull(found.get());
    }

    private JsonNode page(int limit, String who) {
        byte[] body =
                admin.get()
                        .uri("/api/audit?limit={limit}&account={who}", limit, who)
                        .exchange()
                        .expectBody()
                        .returnResult()
                        .getResponseBody();
        return json.readTree(Objects.requireNonNull(body)).path("items");
    }

    private WebTestClient as(String name, String password) {
        return ApiClient.anonymous(port)
                .mutate()
                .defaultHeader(HttpHeaders.AUTHORIZATION, ApiClient.basic(name, password))
                .build();
    }
}
