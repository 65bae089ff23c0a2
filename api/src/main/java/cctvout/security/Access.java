package cctvout.security;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import reactor.core.publisher.Mono;

import java.util.List;

/** Lets a caller in where a rule says so; a caller who is known hears what there is not. */
final class Access implements ReactiveAuthorizationManager<AuthorizationContext> {

    private record Gate(AccessRule rule, PathPattern pattern) {}

    private final List<Gate> gates;
    private final RecipientReach reach;
    private final UnnamedRoutes unnamed;

    Access(List<AccessRule> rules, RecipientReach reach, UnnamedRoutes unnamed) {
        this.reach = reach;
        this.unnamed = unnamed;
        PathPatternParser parser = PathPatternParser.defaultInstance;
        this.gates = rules.stream().map(rule -> new Gate(rule, parser.parse(rule.path()))).toList();
    }

    @Override
    public Mono<AuthorizationResult> authorize(
            Mono<Authentication> authentication, AuthorizationContext context) {
        return authentication
                .filter(Caller.class::isInstance)
                .cast(Caller.class)
                .flatMap(caller -> lets(caller, context.getExchange()))
                .defaultIfEmpty(false)
                .map(AuthorizationDecision::new);
    }

    private Mono<Boolean> lets(Caller caller, ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        if (request.getMethod() == HttpMethod.OPTIONS) {
            // does nothing, and says no more than the document does: which methods there are
            return unnamed.refuse(exchange).thenReturn(true);
        }
        String method = request.getMethod().name();
        PathContainer path = request.getPath().pathWithinApplication();
        for (Gate gate : gates) {
            boolean reads = method.equals("HEAD") && gate.rule().method().equals("GET");
            PathPattern.PathMatchInfo match =
                    reads || gate.rule().method().equals(method)
                            ? gate.pattern().matchAndExtract(path)
                            : null;
            if (match != null) {
                return lets(caller, gate.rule(), match);
            }
        }
        return unnamed.refuse(exchange).thenReturn(false);
    }

    private Mono<Boolean> lets(Caller caller, AccessRule rule, PathPattern.PathMatchInfo match) {
        String recipient = Caller.limitedTo(caller);
        if (recipient == null) {
            return Mono.just(rule.lets(caller.role()));
        }
        return reach.reaches(
                recipient, rule.reach(), match.getUriVariables().getOrDefault("id", ""));
    }
}
