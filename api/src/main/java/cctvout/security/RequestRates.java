package cctvout.security;

import cctvout.problem.ProblemAnswers;
import cctvout.problem.ProblemException;

import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

import java.time.Duration;

/**
 * So many requests a second for each caller and address, and a burst above it: a script that runs
 * wild must not take the desk's answers away. A stream is one request.
 */
final class RequestRates implements WebFilter {

    private final ProblemAnswers answers;
    private final CallerBudget budget;

    RequestRates(ProblemAnswers answers, CallerBudget budget) {
        this.answers = answers;
        this.budget = budget;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!exchange.getRequest().getPath().value().startsWith("/api/")) {
            return chain.filter(exchange);
        }
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .map(caller -> caller.getName() + '\n' + ClientAddress.of(exchange))
                .map(budget::admit)
                .defaultIfEmpty(Duration.ZERO)
                .flatMap(
                        wait ->
                                wait.isZero()
                                        ? chain.filter(exchange)
                                        : answers.write(exchange, tooMany(wait)));
    }

    private static ProblemException tooMany(Duration wait) {
        return ProblemException.tooMany(
                "too many requests (cctvout.security.requests-per-second)", wait);
    }
}
