package cctvout.security;

import cctvout.problem.ProblemException;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

/**
 * Requests that no rule names. None of them is let through; most ask for what is not there, and
 * that is what their callers are told.
 */
final class UnnamedRoutes {

    private final ObjectProvider<? extends HandlerMapping> routes;

    UnnamedRoutes(ObjectProvider<? extends HandlerMapping> routes) {
        this.routes = routes;
    }

    /**
     * Lazy. Empty where there is such a route, and only its rule is missing; else an error: 404, or
     * the mapping's own for a wrong method or media type.
     */
    Mono<Void> refuse(ServerWebExchange exchange) {
        return Mono.justOrEmpty(routes.getIfAvailable())
                .flatMap(mapping -> mapping.getHandler(exchange))
                .switchIfEmpty(
                        Mono.error(
                                () ->
                                        new ProblemException(
                                                HttpStatus.NOT_FOUND,
                                                "there is nothing at this path")))
                .then();
    }
}
