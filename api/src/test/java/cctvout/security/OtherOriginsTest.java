package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.cors.reactive.CorsWebFilter;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.util.List;

class OtherOriginsTest {

    private final CorsWebFilter filter =
            new CorsWebFilter(new OtherOrigins(List.of("https://desk.example")));

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

    private MockServerWebExchange asked(String path, String origin) {
        var exchange =
                MockServerWebExchange.from(
                        MockServerHttpRequest.get("https://cctv.example" + path)
                                .header("Origin", origin));
        StepVerifier.create(filter.filter(exchange, _ -> Mono.empty())).verifyComplete();
        return exchange;
    }

    private static @Nullable String header(MockServerWebExchange exchange, String name) {
        return exchange.getResponse().getHeaders().getFirst(name);
    }
}
