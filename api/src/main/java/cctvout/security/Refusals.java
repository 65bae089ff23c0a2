package cctvout.security;

import cctvout.problem.ProblemAnswers;
import cctvout.problem.ProblemException;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.authorization.ServerAccessDeniedHandler;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

import java.net.URI;

/**
 * How somebody is turned away: a program gets 401 or 403 as a problem, a person who opens a page
 * gets the login page. A page's own request gets no challenge: the browser would open its window.
 */
final class Refusals implements ServerAuthenticationEntryPoint, ServerAccessDeniedHandler {

    private static final String CHALLENGE = "Basic realm=\"CCTV Out\", charset=\"UTF-8\"";

    private final ProblemAnswers answers;

    Refusals(ProblemAnswers answers) {
        this.answers = answers;
    }

    @Override
    public Mono<Void> commence(ServerWebExchange exchange, AuthenticationException error) {
        if (opensAPage(exchange.getRequest())) {
            return Mono.fromRunnable(
                    () -> {
                        exchange.getResponse().setStatusCode(HttpStatus.SEE_OTHER);
                        exchange.getResponse().getHeaders().setLocation(URI.create("/login"));
                    });
        }
        if (!comesFromAPage(exchange.getRequest())) {
            exchange.getResponse().getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE);
        }
        boolean tried =
                exchange.getRequest().getHeaders().containsHeader(HttpHeaders.AUTHORIZATION);
        return answers.write(
                exchange,
                new ProblemException(
                        HttpStatus.UNAUTHORIZED,
                        tried ? "wrong credentials" : "credentials are needed"));
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, AccessDeniedException error) {
        return answers.write(
                exchange,
                new ProblemException(HttpStatus.FORBIDDEN, String.valueOf(error.getMessage())));
    }

    /** An event stream of a page has no header of its own, but the cookies that the page has. */
    private static boolean comesFromAPage(ServerHttpRequest request) {
        return request.getHeaders().containsHeader("X-Requested-With")
                || request.getHeaders().containsHeader("Sec-Fetch-Mode")
                || request.getHeaders().containsHeader(HttpHeaders.COOKIE);
    }

    private static boolean opensAPage(ServerHttpRequest request) {
        return request.getMethod() == HttpMethod.GET
                && !request.getPath().value().startsWith("/api/")
                && !request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
                && request.getHeaders().getAccept().stream().anyMatch(MediaType.TEXT_HTML::equals);
    }
}
