package cctvout.dashboard;

import org.springframework.http.HttpHeaders;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

/**
 * What a browser may load for the page: its own files, and the map's tiles where a server for them
 * is set. The frame of the live picture alone may fetch from elsewhere; in return it has no origin,
 * so no session and nothing of the page (Content Security Policy 3, directive sandbox).
 */
public final class ContentPolicy implements ServerHttpHeadersWriter {

    private static final String LIVE =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src http: https:;"
                    + " media-src http: https: blob:; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'self'; sandbox allow-scripts";

    private final String page;

    public ContentPolicy(DashboardSettings settings) {
        String tiles = settings.tilesOrigin();
        page =
                "default-src 'self'; img-src 'self' data:"
                        + (tiles.isEmpty() ? "" : " " + tiles)
                        + "; media-src 'self' blob:; object-src 'none'; base-uri 'none';"
                        + " form-action 'self'; frame-ancestors 'none'";
    }

    @Override
    public Mono<Void> writeHttpHeaders(ServerWebExchange exchange) {
        boolean live = exchange.getRequest().getPath().value().equals(Pages.LIVE);
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.set("Content-Security-Policy", live ? LIVE : page);
        headers.set("X-Frame-Options", live ? "SAMEORIGIN" : "DENY");
        return Mono.empty();
    }
}
