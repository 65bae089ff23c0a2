package cctvout.security;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

import java.time.Clock;
import java.util.Locale;
import java.util.Set;

/** Notes every request of a known caller that changes something, also where its answer is lost. */
final class AuditFilter implements WebFilter {

    private static final Set<HttpMethod> CHANGES =
            Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);
    private static final Set<String> CHANGE_NOTHING =
            Set.of("/api/policies/try", "/api/templates/preview");
    private static final int LONGEST_PATH = 300;
    private static final String TRIAL = "dryRun";
    private static final Set<String> YES = Set.of("true", "on", "yes", "1");

    /** Of an exchange: who became known by it. */
    static final String SIGNED_IN = AuditFilter.class.getName() + ".signedIn";

    private final AuditLog audit;
    private final Clock clock;

    AuditFilter(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        if (!CHANGES.contains(request.getMethod())
                || CHANGE_NOTHING.contains(request.getPath().value())) {
            return chain.filter(exchange);
        }
        return ReactiveSecurityContextHolder.getContext()
                .mapNotNull(SecurityContext::getAuthentication)
                .map(known -> known instanceof Caller caller ? caller : NOBODY)
                .defaultIfEmpty(NOBODY)
                .flatMap(caller -> chain.filter(exchange).doFinally(_ -> note(exchange, caller)));
    }

    private static final Caller NOBODY =
            new Caller("", AccessRole.VIEWER, null, null, Caller.FOREIGN, null);

    private void note(ServerWebExchange exchange, Caller known) {
        Caller caller = known == NOBODY ? exchange.getAttribute(SIGNED_IN) : known;
        if (caller == null) {
            return;
        }
        String path = path(exchange.getRequest());
        audit.note(
                new AuditEntry(
                        0,
                        clock.instant(),
                        caller.getName(),
                        caller.tokenId(),
                        ClientAddress.of(exchange),
                        exchange.getRequest().getMethod().name(),
                        path.length() > LONGEST_PATH ? path.substring(0, LONGEST_PATH) : path,
                        status(exchange)));
    }

    /** What was only tried out says so. */
    private static String path(ServerHttpRequest request) {
        String trial = request.getQueryParams().getFirst(TRIAL);
        String path = request.getPath().value();
        return trial != null && YES.contains(trial.toLowerCase(Locale.ROOT))
                ? path + "?" + TRIAL + "=true"
                : path;
    }

    private static int status(ServerWebExchange exchange) {
        @Nullable HttpStatusCode status = exchange.getResponse().getStatusCode();
        return status == null ? 0 : status.value();
    }
}
