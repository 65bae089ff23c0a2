package cctvout.web;

import cctvout.camera.Violation;
import cctvout.problem.ProblemException;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

/** A parameter with a NUL is refused: nothing is called so, and the database takes no such text. */
@Component
final class NulParametersFilter implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        for (var parameter : exchange.getRequest().getQueryParams().entrySet()) {
            for (String value : parameter.getValue()) {
                if (value != null && value.indexOf('\0') >= 0) {
                    return Mono.error(
                            ProblemException.refused(
                                    new Violation(
                                            parameter.getKey(), null, "holds a NUL character")));
                }
            }
        }
        return chain.filter(exchange);
    }
}
