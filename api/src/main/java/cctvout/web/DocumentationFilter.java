package cctvout.web;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The API's description is made by reading class files when it is first asked for: not on an event
 * loop.
 */
@Component
class DocumentationFilter implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Mono<Void> rest = chain.filter(exchange);
        return exchange.getRequest().getPath().value().startsWith("/v3/api-docs")
                ? rest.subscribeOn(Schedulers.boundedElastic())
                : rest;
    }
}
