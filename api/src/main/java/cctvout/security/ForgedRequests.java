package cctvout.security;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.context.ServerSecurityContextRepository;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

import java.util.Set;

/**
 * Which requests must carry the token that only our own page can read: those that change something
 * and are believed for what the browser adds by itself, a session cookie or credentials that it
 * remembers.
 */
final class ForgedRequests implements ServerWebExchangeMatcher, WebFilter {

    private static final Set<HttpMethod> SAFE =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

    /** Our own page, or a person who typed the address. */
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final ServerSecurityContextRepository sessions;

    ForgedRequests(ServerSecurityContextRepository sessions) {
        this.sessions = sessions;
    }

    @Override
    public Mono<MatchResult> matches(ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        if (SAFE.contains(request.getMethod())) {
            return MatchResult.notMatch();
        }
        // a token is never added by the browser itself: whoever sends it knows it
        if (BearerLogin.isIn(request.getHeaders())) {
            return MatchResult.notMatch();
        }
        if (isOfAnotherPage(request.getHeaders())) {
            return MatchResult.match();
        }
        if (request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)) {
            return MatchResult.notMatch();
        }
        return sessions.load(exchange)
                .flatMap(_ -> MatchResult.match())
                .switchIfEmpty(MatchResult.notMatch());
    }

    /**
     * Browsers say so themselves, and pages cannot alter it: Fetch Metadata where the connection is
     * secured, else the Origin (RFC 6454) beside the Host.
     */
    private static boolean isOfAnotherPage(HttpHeaders headers) {
        String site = headers.getFirst("Sec-Fetch-Site");
        if (site != null) {
            return !OWN_SITE.contains(site);
        }
        String origin = headers.getOrigin();
        String host = headers.getFirst(HttpHeaders.HOST);
        return origin != null
                && !origin.equalsIgnoreCase("http://" + host)
                && !origin.equalsIgnoreCase("https://" + host);
    }

    /** Hands the page its token, as the cookie XSRF-TOKEN. */
    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        Mono<CsrfToken> token = exchange.getAttribute(CsrfToken.class.getName());
        return token != null && isForThePage(exchange.getRequest())
                ? token.then(chain.filter(exchange))
                : chain.filter(exchange);
    }

    private static boolean isForThePage(ServerHttpRequest request) {
        String path = request.getPath().value();
        return path.equals("/login")
                || path.equals("/api/session")
                || request.getMethod() == HttpMethod.GET
                        && !path.startsWith("/api/")
                        && request.getHeaders().getAccept().stream()
                                .anyMatch(MediaType.TEXT_HTML::equals);
    }
}
