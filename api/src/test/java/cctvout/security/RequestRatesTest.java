package cctvout.security;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.WholeApplication;
import cctvout.problem.ProblemAnswers;
import cctvout.web.ApiClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;

import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** What callers are held to before any route: their rate, and where their page is from. */
@WholeApplication
class RequestRatesTest {

    @LocalServerPort private int port;
    @Autowired private ProblemAnswers answers;

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void pastTheBurstACallerIsToldHowLongToWaitAndOthersAreNot() {
        var rates = new RequestRates(answers, new CallerBudget(1, 2, 10, nanos::get));
        assertThat(asked(rates, "a", "/api/cameras").getStatusCode()).isNull();
        assertThat(asked(rates, "a", "/api/cameras").getStatusCode()).isNull();

        var refused = asked(rates, "a", "/api/cameras");

        assertThat(refused.getStatusCode()).isEqualTo(HttpStatus.TOO_MANY_REQUESTS);
        assertThat(refused.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("1");
        assertThat(refused.getHeaders().getContentType())
                .isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        StepVerifier.create(refused.getBodyAsString())
                .assertNext(body -> assertThat(body).contains("requests-per-second"))
                .verifyComplete();
        assertThat(asked(rates, "b", "/api/cameras").getStatusCode()).isNull();
        assertThat(asked(rates, "a", "/js/main.js").getStatusCode()).isNull();
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(asked(rates, "a", "/api/cameras").getStatusCode()).isNull();
    }

    /** What is not answered here goes on to the routes: no status yet. */
    private static MockServerHttpResponse asked(RequestRates rates, String who, String path) {
        var exchange =
                MockServerWebExchange.from(
                        MockServerHttpRequest.get(path)
                                .remoteAddress(new InetSocketAddress("127.0.0.1", 1)));
        Caller caller = Caller.foreign(who, AccessRole.VIEWER, null, Instant.now().plusSeconds(60));
        StepVerifier.create(
                        rates.filter(exchange, _ -> Mono.empty())
                                .contextWrite(
                                        ReactiveSecurityContextHolder.withAuthentication(caller)))
                .verifyComplete();
        return exchange.getResponse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "GET", "POST"})
    void noOtherSiteIsLetInWhereNoneIsNamed(String method) {
        ApiClient.admin(port)
                .method(HttpMethod.valueOf(method))
                .uri("/api/cameras")
                .header(HttpHeaders.ORIGIN, "https://evil.example")
                .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "POST")
                .exchange()
                .expectHeader()
                .doesNotExist(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN)
                .expectHeader()
                .doesNotExist(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS);
    }
}
