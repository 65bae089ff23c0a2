package cctvout.security;

import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import reactor.core.publisher.Mono;

import java.util.List;

/** Lets a caller in where a rule says so. */
final class Access implements ReactiveAuthorizationManager<AuthorizationContext> {

    private record Gate(AccessRule rule, PathPattern pattern) {}

    private final List<Gate> gates;
    private final RecipientReach reach;

    Access(List<AccessRule> rules, RecipientReach reach) {
        this.reach = reach;
        PathPatternParser parser = PathPatternParser.defaultInstance;
        this.gates = rules.stream().map(rule -> new Gate(rule, parser.parse(rule.path()))).toList();
    }

    @Override
    public Mono<AuthorizationResult> authorize(
            Mono<Authentication> authentication, AuthorizationContext context) {
        return authentication
                .filter(Caller.class::isInstance)
                .cast(Caller.class)
                .flatMap(caller -> lets(caller, context.getExchange().getRequest()))
                .defaultIfEmpty(false)
                .map(AuthorizationDecision::new);
    }

    private Mono<Boolean> lets(Caller caller, ServerHttpRequest request) {
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
        return Mono.just(false);
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
