package cctvout.dashboard;

import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.stream.Stream;

/** The page's own addresses: each is answered with the same document, which then shows itself. */
public final class Pages {

    static final String LIVE = "/live";
    static final String PLAYER = "/live/hls.js";

    private static final List<String> SHOWN =
            List.of(
                    "/wall",
                    "/map",
                    "/cameras",
                    "/cameras/{id}",
                    "/issues",
                    "/issues/{id}",
                    "/outages",
                    "/outages/{id}",
                    "/notifications",
                    "/recipients",
                    "/policies",
                    "/templates",
                    "/maintenance",
                    "/reports",
                    "/import",
                    "/inbox",
                    "/access",
                    "/users",
                    "/audit");

    private static final List<PathPattern> PATTERNS =
            Stream.concat(SHOWN.stream(), Stream.of(LIVE, PLAYER))
                    .map(PathPatternParser.defaultInstance::parse)
                    .toList();

    private Pages() {}

    /** Whether a request is for a page, which holds nothing of the city and is public. */
    public static boolean shows(HttpMethod method, PathContainer path) {
        return (method == HttpMethod.GET || method == HttpMethod.HEAD)
                && PATTERNS.stream().anyMatch(pattern -> pattern.matches(path));
    }

    static RouterFunction<ServerResponse> routes(Resource page, Resource live, Resource player) {
        RouterFunctions.Builder routes = RouterFunctions.route();
        for (String path : SHOWN) {
            routes.route(readsPage(path), _ -> file(page, MediaType.TEXT_HTML));
        }
        return routes.route(readsPage(LIVE), _ -> file(live, MediaType.TEXT_HTML))
                .GET(PLAYER, _ -> file(player, new MediaType("text", "javascript")))
                .build();
    }

    private static RequestPredicate readsPage(String path) {
        return RequestPredicates.methods(HttpMethod.GET, HttpMethod.HEAD)
                .and(RequestPredicates.path(path));
    }

    private static Mono<ServerResponse> file(Resource file, MediaType type) {
        return ServerResponse.ok()
                .contentType(type)
                .cacheControl(CacheControl.noCache())
                .bodyValue(file);
    }
}
