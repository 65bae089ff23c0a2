package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.store.Database;
import cctvout.web.ApiClient;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.web.reactive.server.WebTestClient;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Signed in once, known to every process that serves the page, until it ends. */
@WholeApplication
class SessionsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @LocalServerPort private int port;
    @Autowired private LoginSessions sessions;
    @Autowired private Accounts accounts;
    @Autowired private AccessTokens tokens;
    @Autowired private SecuritySettings settings;
    @Autowired private Database database;
    private WebTestClient anonymous;

    @BeforeEach
    void connect() {
        anonymous = ApiClient.anonymous(port);
    }

    @Test
    void anotherProcessKnowsItAndForgetsItWhereItEnds() {
        String secret = signedIn("admin", WholeApplication.PASSWORD);
        Other other = new Other(Clock.systemUTC());
        assertThat(other.knows(secret)).isEqualTo("admin");
        assertThat(other.knows("guessed")).isNull();

        anonymous
                .post()
                .uri("/logout")
                .cookie("CCTVOUT", secret)
                .exchange()
                .expectStatus()
                .isForbidden();
        assertThat(status(secret)).isEqualTo(200);
        signOut(secret);
        assertThat(status(secret)).isEqualTo(401);
        assertThat(other.knows(secret)).isEqualTo("admin");
        other.looks();
        assertThat(other.knows(secret)).isNull();
    }

    @Test
    void onlyADigestIsStored() {
        String secret = signedIn("admin", WholeApplication.PASSWORD);
        assertThat(rows(SessionCookie.digest(secret))).isEqualTo(1);
        StepVerifier.create(
                        database.client()
                                .sql(
                                        "select count(*) as n from login_session s where s::text like $1")
                                .bind(0, "%" + secret + "%")
                                .map(row -> Objects.requireNonNull(row.get("n", Long.class)))
                                .one())
                .expectNext(0L)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void signingInAgainGivesAnotherAndEndsTheOneBefore() {
        String before = signedIn("admin", WholeApplication.PASSWORD);
        String after = signedIn("admin", WholeApplication.PASSWORD, before);
        assertThat(after).isNotEqualTo(before);
        assertThat(rows(SessionCookie.digest(before))).isZero();
        assertThat(status(before)).isEqualTo(401);
    }

    @Test
    void endsAtOnceWhereItsAccountIsChanged() {
        String name = account();
        String secret = signedIn(name, "a-long-password");
        assertThat(status(secret)).isEqualTo(200);
        admin(HttpMethod.PATCH, "/api/users/" + name, Map.of("role", "OPERATOR"));
        assertThat(status(secret)).isEqualTo(401);

        String again = signedIn(name, "a-long-password");
        admin(HttpMethod.DELETE, "/api/users/" + name, null);
        assertThat(status(again)).isEqualTo(401);
        assertThat(rows(SessionCookie.digest(again))).isZero();
    }

    @Test
    void endsUnusedAndGoesOnWhileItIsUsed() {
        String secret = signedIn("admin", WholeApplication.PASSWORD);
        Instant begun = Instant.now();
        Duration most = settings.sessionIdle();
        assertThat(new Other(begun.plus(most).plusSeconds(60)).knows(secret)).isNull();
        var late = new Other(begun.plus(most).minusSeconds(600));
        assertThat(late.knows(secret)).isEqualTo("admin");
        late.looks();
        assertThat(new Other(begun.plus(most).plusSeconds(600)).knows(secret)).isEqualTo("admin");
        Instant old = begun.plus(settings.sessionLife()).plusSeconds(60);
        for (Instant at = begun; at.isBefore(old); at = at.plus(most.dividedBy(2))) {
            var other = new Other(at);
            other.knows(secret);
            other.looks();
        }
        assertThat(new Other(old).knows(secret)).isNull();
    }

    @Test
    void theLongestUnusedMakesRoom() {
        String name = account();
        Caller caller = new Caller(name, AccessRole.VIEWER, null, null, 1, null);
        Instant now = Instant.now();
        for (int i = 0; i <= settings.maxSessions(); i++) {
            done(sessions.begin(SessionCookie.digest(name + i), caller, now.plusMillis(i)));
        }
        assertThat(rows(SessionCookie.digest(name + 0))).isZero();
        assertThat(rows(SessionCookie.digest(name + 1))).isEqualTo(1);
    }

    /** What a second process keeps of sessions: the same database, nothing else in common. */
    private final class Other {

        private final Scheduler scheduler = Schedulers.immediate();
        private final StandingSessions known;

        Other(Instant now) {
            this(Clock.fixed(now, ZoneOffset.UTC));
        }

        Other(Clock clock) {
            var watch = new AccessWatch(accounts, tokens, Duration.ofHours(1), clock);
            known = new StandingSessions(sessions, watch, scheduler, clock, settings);
        }

        /** As it does every {@code cctvout.security.revocation-check}. */
        void looks() {
            StepVerifier.create(known.look()).expectComplete().verify(PATIENCE);
        }

        /** Whose it is; null where it is nobody's. */
        @Nullable String knows(String secret) {
            var exchange =
                    MockServerWebExchange.from(
                            MockServerHttpRequest.get("/")
                                    .cookie(new HttpCookie("CCTVOUT", secret)));
            String name =
                    done(
                            known.load(exchange)
                                    .map(
                                            context ->
                                                    Objects.requireNonNull(
                                                                    context.getAuthentication())
                                                            .getName())
                                    .defaultIfEmpty(""));
            return name.isEmpty() ? null : name;
        }
    }

    private String account() {
        String name = "session-" + UUID.randomUUID();
        admin(
                HttpMethod.POST,
                "/api/users",
                Map.of("name", name, "role", "VIEWER", "password", "a-long-password"));
        return name;
    }

    private void admin(HttpMethod method, String path, @Nullable Object body) {
        var request = ApiClient.admin(port).method(method).uri(path);
        (body == null ? request : request.bodyValue(body))
                .exchange()
                .expectStatus()
                .is2xxSuccessful();
    }

    private int status(String secret) {
        return anonymous
                .get()
                .uri("/api/session")
                .cookie("CCTVOUT", secret)
                .exchange()
                .expectBody()
                .returnResult()
                .getStatus()
                .value();
    }

    private void signOut(String secret) {
        anonymous
                .post()
                .uri("/logout")
                .cookie("CCTVOUT", secret)
                .cookie("XSRF-TOKEN", "t")
                .header("X-XSRF-TOKEN", "t")
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    private String signedIn(String name, String password, String... before) {
        var request = anonymous.post().uri("/login");
        for (String secret : before) {
            request.cookie("CCTVOUT", secret).cookie("XSRF-TOKEN", "t").header("X-XSRF-TOKEN", "t");
        }
        ResponseCookie cookie =
                request.bodyValue(Map.of("username", name, "password", password))
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody()
                        .returnResult()
                        .getResponseCookies()
                        .getFirst("CCTVOUT");
        return Objects.requireNonNull(cookie).getValue();
    }

    private long rows(String digest) {
        return done(
                database.client()
                        .sql(
                                "select count(*) as n from login_session"
                                        + " where digest = decode($1, 'hex')")
                        .bind(0, digest)
                        .map(row -> Objects.requireNonNull(row.get("n", Long.class)))
                        .one());
    }

    private static <T> T done(Mono<T> work) {
        try {
            return work.toFuture().get(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
