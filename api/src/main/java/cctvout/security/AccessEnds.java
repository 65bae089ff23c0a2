package cctvout.security;

import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

/** For what outlives its request's beginning, such as a stream: until when may it go on? */
@FunctionalInterface
public interface AccessEnds {

    /**
     * Completes as soon as what let this request in stands no longer, be it account, token or
     * session; never, where nobody asked for a login. Lazy.
     */
    Mono<Void> ended(ServerWebExchange exchange);
}
