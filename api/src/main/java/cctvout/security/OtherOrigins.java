package cctvout.security;

import org.jspecify.annotations.Nullable;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.reactive.CorsConfigurationSource;
import org.springframework.web.server.ServerWebExchange;

import java.time.Duration;
import java.util.List;

/**
 * Which other sites' pages may use the REST interface (CORS): none, where none is named. They bring
 * a token of their own; cookies are not let through.
 */
final class OtherOrigins implements CorsConfigurationSource {

    private final CorsConfiguration allowed = new CorsConfiguration();

    OtherOrigins(List<String> origins) {
        allowed.setAllowedOrigins(origins);
        allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        allowed.setAllowedHeaders(
                List.of("Authorization", "Content-Type", "If-Match", "Last-Event-ID"));
        allowed.setExposedHeaders(List.of("ETag", "Location", "Retry-After"));
        allowed.setAllowCredentials(false);
        allowed.setMaxAge(Duration.ofHours(1));
    }

    @Override
    public @Nullable CorsConfiguration getCorsConfiguration(ServerWebExchange exchange) {
        return exchange.getRequest().getPath().value().startsWith("/api/") ? allowed : null;
    }
}
