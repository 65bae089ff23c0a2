package cctvout.security;

import cctvout.problem.ProblemException;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.List;

/**
 * Requests that no rule names. None of them is let through; most ask for what is not there, and
 * that is what their callers are told.
 */
final class UnnamedRoutes {

    private final List<ObjectProvider<? extends HandlerMapping>> routes;

    UnnamedRoutes(List<ObjectProvider<? extends HandlerMapping>> routes) {
        this.routes = routes;
    }

    /**
     * Lazy. Empty where there is such a route, and only its rule is missing; else an error: 404, or
     * the mapping's own for a wrong method or media type.
     */
    Mono<Void> refuse(ServerWebExchange exchange) {
        return Flux.fromIterable(routes)
                .concatMap(route -> Mono.justOrEmpty(route.getIfAvailable()))
                .concatMap(mapping -> mapping.getHandler(exchange))
                .next()
                .switchIfEmpty(
                        Mono.error(
                                () ->
                                        new ProblemException(
                                                HttpStatus.NOT_FOUND,
                                                "there is nothing at this path")))
                .then();
    }
}
