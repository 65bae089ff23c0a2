package cctvout.security;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** {@code Authorization: Basic}, RFC 7617 with UTF-8. */
final class BasicCredentials implements ServerAuthenticationConverter {

    private static final String SCHEME = "basic ";

    @Override
    public Mono<Authentication> convert(ServerWebExchange exchange) {
        return Mono.justOrEmpty(
                login(
                        exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION),
                        ClientAddress.of(exchange)));
    }

    /** Null where the header is of another scheme, or no credentials at all. */
    static @Nullable PasswordLogin login(@Nullable String header, String address) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        byte[] pair;
        try {
            pair = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
        String text = new String(pair, StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        return colon < 0
                ? null
                : new PasswordLogin(text.substring(0, colon), text.substring(colon + 1), address);
    }
}
