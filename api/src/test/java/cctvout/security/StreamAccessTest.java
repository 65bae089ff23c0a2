package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.store.Database;
import cctvout.web.ApiClient;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import reactor.core.Disposable;
import reactor.netty.http.client.HttpClient;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A stream ends with what let it in, taken back here or by another process, which is to say in the
 * database: within 5 s where the machine has time for it.
 */
@WholeApplication
class StreamAccessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = "a long password";

    @LocalServerPort private int port;
    @Autowired private Database database;
    private final List<Stream> streams = new ArrayList<>();
    private WebTestClient admin;
    private String account = "";

    @BeforeEach
    void connect() {
        admin = ApiClient.admin(port);
        account = account();
    }

    @AfterEach
    void close() {
        streams.forEach(stream -> stream.connection.dispose());
    }

    @Test
    void endsWithTheSessionOfItsPage() throws Exception {
        String gone = session();
        String deleted = session();
        String standing = session();
        Stream here = open("Cookie", "CCTVOUT=" + gone);
        Stream elsewhere = open("Cookie", "CCTVOUT=" + deleted);
        Stream other = open("Cookie", "CCTVOUT=" + standing);

        ApiClient.anonymous(port)
                .post()
                .uri("/logout")
                .cookie("CCTVOUT", gone)
                .cookie("XSRF-TOKEN", "t")
                .header("X-XSRF-TOKEN", "t")
                .exchange()
                .expectStatus()
                .isNoContent();
        here.ends("signed out");
        run(
                "delete from login_session where digest = decode('%s', 'hex')"
                        .formatted(SessionCookie.digest(deleted)));
        elsewhere.ends("signed out by another process");
        assertThat(other.closed).as("another session of the same account").isNotDone();
    }

    @Test
    void endsWithItsToken() throws Exception {
        Map<?, ?> here = token();
        Map<?, ?> elsewhere = token();
        Map<?, ?> standing = token();
        Stream first = open(HttpHeaders.AUTHORIZATION, "Bearer " + here.get("token"));
        Stream second = open(HttpHeaders.AUTHORIZATION, "Bearer " + elsewhere.get("token"));
        Stream other = open(HttpHeaders.AUTHORIZATION, "Bearer " + standing.get("token"));

        admin.delete()
                .uri("/api/tokens/{id}", here.get("id"))
                .exchange()
                .expectStatus()
                .isNoContent();
        first.ends("token revoked");
        run("delete from access_token where id = '%s'".formatted(elsewhere.get("id")));
        second.ends("token revoked by another process");
        assertThat(other.closed).as("another token").isNotDone();
    }

    @Test
    void endsWithItsAccount() throws Exception {
        String basic = ApiClient.basic(account, PASSWORD);
        Stream one = open(HttpHeaders.AUTHORIZATION, basic);
        Stream page = open("Cookie", "CCTVOUT=" + session());
        admin.method(HttpMethod.PATCH)
                .uri("/api/users/" + account)
                .bodyValue(Map.of("role", "OPERATOR"))
                .exchange()
                .expectStatus()
                .isOk();
        one.ends("another role");
        page.ends("another role, a page's");
        Stream again = open(HttpHeaders.AUTHORIZATION, basic);
        run("update account set enabled = false where name = '%s'".formatted(account));
        again.ends("disabled by another process");
    }

    private final class Stream {
        private final CompletableFuture<Boolean> opened = new CompletableFuture<>();
        private final CompletableFuture<Boolean> closed = new CompletableFuture<>();
        private final Disposable connection;

        Stream(String header, String value) {
            connection =
                    HttpClient.newConnection()
                            .headers(headers -> headers.set(header, value))
                            .get()
                            .uri("http://localhost:" + port + "/api/stream")
                            .responseContent()
                            .asString()
                            .doOnNext(_ -> opened.complete(true))
                            .doFinally(_ -> closed.complete(true))
                            .subscribe(_ -> {}, opened::completeExceptionally);
        }

        void ends(String why) throws Exception {
            long begun = System.nanoTime();
            closed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            System.out.printf("%s: ended after %.1f s%n", why, (System.nanoTime() - begun) / 1e9);
        }
    }

    private Stream open(String header, String value) throws Exception {
        Stream stream = new Stream(header, value);
        streams.add(stream);
        stream.opened.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return stream;
    }

    private String account() {
        String name = "stream-" + UUID.randomUUID();
        admin.post()
                .uri("/api/users")
                .bodyValue(Map.of("name", name, "role", "VIEWER", "password", PASSWORD))
                .exchange()
                .expectStatus()
                .isCreated();
        return name;
    }

    private String session() {
        return Objects.requireNonNull(
                        ApiClient.anonymous(port)
                                .post()
                                .uri("/login")
                                .bodyValue(Map.of("username", account, "password", PASSWORD))
                                .exchange()
                                .expectStatus()
                                .isOk()
                                .expectBody()
                                .returnResult()
                                .getResponseCookies()
                                .getFirst("CCTVOUT"))
                .getValue();
    }

    private Map<?, ?> token() {
        @Nullable Map<?, ?> made =
                admin.post()
                        .uri("/api/tokens")
                        .bodyValue(Map.of("name", "stream", "role", "VIEWER"))
                        .exchange()
                        .expectStatus()
                        .isCreated()
                        .expectBody(Map.class)
                        .returnResult()
                        .getResponseBody();
        return Objects.requireNonNull(made);
    }

    private void run(String sql) {
        StepVerifier.create(database.client().sql(sql).fetch().rowsUpdated())
                .expectNext(1L)
                .expectComplete()
                .verify(PATIENCE);
    }
}
