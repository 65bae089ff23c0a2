package cctvout.security;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpCookie;
import org.springframework.http.ResponseCookie;
import org.springframework.web.server.ServerWebExchange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/**
 * The cookie that a signed-in page has: 256 random bits. It goes with the browser's session; how
 * long it counts is the server's to say.
 */
final class SessionCookie {

    private static final String NAME = "CCTVOUT";
    private static final int LONGEST = 100;

    private SessionCookie() {}

    /** A digest of what the browser shows; null where it shows nothing that could be ours. */
    static @Nullable String digest(ServerWebExchange exchange) {
        HttpCookie shown = exchange.getRequest().getCookies().getFirst(NAME);
        return shown == null || shown.getValue().isEmpty() || shown.getValue().length() > LONGEST
                ? null
                : digest(shown.getValue());
    }

    /** In hexadecimal. */
    static String digest(String secret) {
        try {
            byte[] text = secret.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static void give(ServerWebExchange exchange, String secret) {
        exchange.getResponse().addCookie(cookie(exchange, secret).build());
    }

    static void takeBack(ServerWebExchange exchange) {
        exchange.getResponse().addCookie(cookie(exchange, "").maxAge(Duration.ZERO).build());
    }

    private static ResponseCookie.ResponseCookieBuilder cookie(
            ServerWebExchange exchange, String value) {
        return ResponseCookie.from(NAME, value)
                .path("/")
                .httpOnly(true)
                .sameSite("Lax")
                .secure("https".equalsIgnoreCase(exchange.getRequest().getURI().getScheme()));
    }
}
