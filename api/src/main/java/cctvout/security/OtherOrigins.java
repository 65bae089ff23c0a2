package cctvout.security;

import cctvout.problem.ProblemAnswers;
import cctvout.problem.ProblemException;

import org.springframework.http.HttpStatus;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsProcessor;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.DefaultCorsProcessor;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.List;

/**
 * Which other sites' pages may use the REST interface (CORS): none, where none is named. They bring
 * a token of their own; cookies are not let through.
 */
final class OtherOrigins implements WebFilter {

    private final CorsConfiguration allowed = new CorsConfiguration();
    private final CorsProcessor processor = new DefaultCorsProcessor();
    private final ProblemAnswers answers;

    OtherOrigins(List<String> origins, ProblemAnswers answers) {
        this.answers = answers;
        allowed.setAllowedOrigins(origins);
        allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        allowed.setAllowedHeaders(
                List.of("Authorization", "Content-Type", "If-Match", "Last-Event-ID"));
        allowed.setExposedHeaders(List.of("ETag", "Location", "Retry-After"));
        allowed.setAllowCredentials(false);
        allowed.setMaxAge(Duration.ofHours(1));
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        boolean open = exchange.getRequest().getPath().value().startsWith("/api/");
        if (!processor.process(open ? allowed : null, exchange)) {
            return answers.write(
                    exchange,
                    new ProblemException(
                            HttpStatus.FORBIDDEN,
                            "pages of this origin may not ask so, see"
                                    + " cctvout.security.allowed-origins"));
        }
        return CorsUtils.isPreFlightRequest(exchange.getRequest())
                ? Mono.empty()
                : chain.filter(exchange);
    }
}
