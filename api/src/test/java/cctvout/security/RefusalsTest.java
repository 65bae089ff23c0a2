package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.problem.ProblemAnswers;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.BadCredentialsException;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Who is turned away, and how; without a browser. */
class RefusalsTest {

    private final AnnotationConfigApplicationContext context =
            new AnnotationConfigApplicationContext();
    private final Refusals refusals = new Refusals(answers());

    private record Answer(HttpStatusCode status, HttpHeaders headers, String body) {
        @Nullable String challenge() {
            return headers.getFirst(HttpHeaders.WWW_AUTHENTICATE);
        }
    }

    private ProblemAnswers answers() {
        context.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
        context.register(ProblemAnswers.class);
        context.refresh();
        return context.getBean(ProblemAnswers.class);
    }

    @AfterEach
    void close() {
        context.close();
    }

    @Test
    void aProgramIsAskedForCredentials() {
        var answer = refused(MockServerHttpRequest.get("/api/cameras"));
        assertThat(answer.status()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(answer.headers().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer.challenge()).startsWith("Basic realm=");
        assertThat(answer.body()).contains("credentials are needed");
    }

    @Test
    void wrongCredentialsAreCalledSo() {
        var answer =
                refused(
                        MockServerHttpRequest.get("/api/cameras")
                                .header(HttpHeaders.AUTHORIZATION, "Basic d3Jvbmc6d3Jvbmc="));
        assertThat(answer.body()).contains("wrong credentials");
    }

    /** Its browser would open a window of its own over the page, and hold all other requests. */
    @ParameterizedTest
    @CsvSource({"X-Requested-With,XMLHttpRequest", "Sec-Fetch-Mode,cors", "Cookie,XSRF-TOKEN=1"})
    void aPagesOwnRequestIsNotChallenged(String header, String value) {
        var answer = refused(MockServerHttpRequest.get("/api/stream").header(header, value));
        assertThat(answer.status()).isEqualTo(HttpStatus.UNAUTHORIZED);
        assertThat(answer.challenge()).isNull();
    }

    @Test
    void whoOpensAPageIsLedToTheLogin() {
        var answer =
                refused(MockServerHttpRequest.get("/swagger-ui.html").accept(MediaType.TEXT_HTML));
        assertThat(answer.status()).isEqualTo(HttpStatus.SEE_OTHER);
        assertThat(answer.headers().getLocation()).hasToString("/login");
        assertThat(answer.challenge()).isNull();
    }

    @Test
    void anAddressOfRestIsNoPageWhateverIsAccepted() {
        var answer = refused(MockServerHttpRequest.get("/api/status").accept(MediaType.TEXT_HTML));
        assertThat(answer.status()).isEqualTo(HttpStatus.UNAUTHORIZED);
    }

    @Test
    void whoIsKnownAndMayNotIsToldSo() {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.delete("/api/cameras/c"));
        var answer =
                answered(
                        exchange,
                        refusals.handle(exchange, new AccessDeniedException("Access Denied")));
        assertThat(answer.status()).isEqualTo(HttpStatus.FORBIDDEN);
        assertThat(answer.challenge()).isNull();
        assertThat(answer.body()).contains("Access Denied");
    }

    private Answer refused(MockServerHttpRequest.BaseBuilder<?> request) {
        var exchange = MockServerWebExchange.from(request);
        var answer =
                answered(
                        exchange,
                        refusals.commence(
                                exchange, new BadCredentialsException("not yours to see")));
        assertThat(answer.body()).doesNotContain("not yours to see");
        return answer;
    }

    private static Answer answered(MockServerWebExchange exchange, Mono<Void> refusal) {
        List<Answer> answers = new ArrayList<>();
        StepVerifier.create(
                        refusal.then(Mono.defer(() -> exchange.getResponse().setComplete()))
                                .then(Mono.defer(() -> exchange.getResponse().getBodyAsString()))
                                .defaultIfEmpty("")
                                .doOnNext(
                                        body ->
                                                answers.add(
                                                        new Answer(
                                                                Objects.requireNonNull(
                                                                        exchange.getResponse()
                                                                                .getStatusCode()),
                                                                exchange.getResponse().getHeaders(),
                                                                body))))
                .expectNextCount(1)
                .expectComplete()
                .verify(Duration.ofSeconds(20));
        return answers.getFirst();
    }
}
