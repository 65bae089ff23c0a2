package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.problem.ProblemAnswers;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;

class OtherOriginsTest {

    private final OtherOrigins filter =
            new OtherOrigins(
                    List.of("https://desk.example"),
                    new ProblemAnswers(JsonMapper.builder().build()));

    private int passedOn;

    @Test
    void aNamedSiteIsLetInWithoutCookies() {
        MockServerWebExchange exchange = asked("/api/cameras", "https://desk.example");
        assertThat(header(exchange, HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN))
                .isEqualTo("https://desk.example");
        assertThat(header(exchange, HttpHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS)).isNull();
    }

    @Test
    void anotherSiteIsNotAndOnlyTheInterfaceIsOpen() {
        assertThat(asked("/api/cameras", "https://evil.example").getResponse().getStatusCode())
                .hasToString("403 FORBIDDEN");
        assertThat(
                        header(
                                asked("/login", "https://desk.example"),
                                HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN))
                .isNull();
    }

    @Test
    void theRefusalIsAProblemForAPreflightToo() {
        for (var method : List.of(HttpMethod.GET, HttpMethod.OPTIONS)) {
            MockServerHttpResponse answer =
                    asked(method, "/api/cameras", "https://evil.example").getResponse();
            assertThat(answer.getStatusCode()).hasToString("403 FORBIDDEN");
            assertThat(answer.getHeaders().getContentType())
                    .isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
            StepVerifier.create(answer.getBodyAsString())
                    .assertNext(body -> assertThat(body).contains("\"status\":403", "origin"))
                    .verifyComplete();
        }
        assertThat(passedOn).isZero();
        MockServerWebExchange let =
                asked(HttpMethod.OPTIONS, "/api/cameras", "https://desk.example");
        assertThat(let.getResponse().getStatusCode()).isNull();
        assertThat(header(let, HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS)).contains("PATCH");
        assertThat(passedOn).as("a preflight goes no further").isZero();
    }

    private MockServerWebExchange asked(String path, String origin) {
        return asked(HttpMethod.GET, path, origin);
    }

    private MockServerWebExchange asked(HttpMethod method, String path, String origin) {
        var exchange =
                MockServerWebExchange.from(
                        MockServerHttpRequest.method(method, "https://cctv.example" + path)
                                .header("Access-Control-Request-Method", "PATCH")
                                .header("Origin", origin));
        StepVerifier.create(filter.filter(exchange, _ -> Mono.fromRunnable(() -> passedOn++)))
                .verifyComplete();
        return exchange;
    }

    private static @Nullable String header(MockServerWebExchange exchange, String name) {
        return exchange.getResponse().getHeaders().getFirst(name);
    }
}
