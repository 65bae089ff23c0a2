package cctvout.security;

import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

/** A grant ends with its account or token, and what a page began with its session too. */
final class GrantEnds implements AccessEnds {

    private final AccessWatch watch;
    private final StandingSessions sessions;

    GrantEnds(AccessWatch watch, StandingSessions sessions) {
        this.watch = watch;
        this.sessions = sessions;
    }

    @Override
    public Mono<Void> ended(ServerWebExchange exchange) {
        return exchange.getPrincipal()
                .map(who -> Mono.firstWithSignal(watch.ended(who), sessions.ended(exchange)))
                .defaultIfEmpty(Mono.never())
                .flatMap(ended -> ended);
    }
}
