package cctvout.security;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

/** Sessions, less those of callers whose grant stands no longer. */
final class StandingSessions implements ServerSecurityContextRepository {

    private final ServerSecurityContextRepository sessions;
    private final AccessWatch watch;

    StandingSessions(ServerSecurityContextRepository sessions, AccessWatch watch) {
        this.sessions = sessions;
        this.watch = watch;
    }

    @Override
    public Mono<Void> save(ServerWebExchange exchange, @Nullable SecurityContext context) {
        return sessions.save(exchange, context);
    }

    @Override
    public Mono<SecurityContext> load(ServerWebExchange exchange) {
        return sessions.load(exchange)
                .filter(
                        context ->
                                context.getAuthentication() instanceof Caller caller
                                        && watch.stands(caller));
    }
}
