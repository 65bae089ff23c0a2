package cctvout.web;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The page's files come out of the jar, and the API's description is made from class files: both
 * are read from disk, so not on an event loop.
 */
@Component
class FileReadsFilter implements WebFilter {

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Mono<Void> rest = chain.filter(exchange);
        return readsFiles(exchange.getRequest().getPath().value())
                ? rest.subscribeOn(Schedulers.boundedElastic())
                : rest;
    }

    private static boolean readsFiles(String path) {
        return !path.startsWith("/api/")
                && !path.startsWith("/actuator/")
                && !path.equals("/healthz");
    }
}
