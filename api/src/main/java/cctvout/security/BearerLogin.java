package cctvout.security;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

import java.util.List;

/** {@code Authorization: Bearer} as somebody showed it (RFC 6750 section 2.1); not yet believed. */
final class BearerLogin extends AbstractAuthenticationToken {

    private static final String SCHEME = "bearer ";

    private final transient String bearer;

    BearerLogin(String bearer) {
        super(List.of());
        this.bearer = bearer;
    }

    static boolean isIn(HttpHeaders headers) {
        return Converter.login(headers.getFirst(HttpHeaders.AUTHORIZATION)) != null;
    }

    /** Reads it from a request. */
    static final class Converter implements ServerAuthenticationConverter {
        @Override
        public Mono<Authentication> convert(ServerWebExchange exchange) {
            String header = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
            return Mono.justOrEmpty(login(header));
        }

        private static @Nullable BearerLogin login(@Nullable String header) {
            return header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                    ? null
                    : new BearerLogin(header.substring(SCHEME.length()).strip());
        }
    }

    @Override
    public String getPrincipal() {
        return "bearer";
    }

    @Override
    public String getCredentials() {
        return bearer;
    }
}
