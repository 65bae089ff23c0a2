package cctvout.security;

import cctvout.dashboard.Pages;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.RequestPath;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Mono;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;

/** The page and its files, as they are in the jar: public, and nothing that only looks like one. */
final class StaticFiles implements ServerWebExchangeMatcher {

    private static final String FOLDER = "/static/";

    private final Set<String> paths;

    private StaticFiles(Set<String> paths) {
        this.paths = paths;
    }

    static StaticFiles ofClassPath() {
        Set<String> paths = new HashSet<>(Set.of("/", "/login"));
        try {
            for (Resource file :
                    new PathMatchingResourcePatternResolver()
                            .getResources("classpath*:" + FOLDER + "**")) {
                String url = file.getURL().getPath();
                paths.add(url.substring(url.lastIndexOf(FOLDER) + FOLDER.length() - 1));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new StaticFiles(Set.copyOf(paths));
    }

    @Override
    public Mono<MatchResult> matches(ServerWebExchange exchange) {
        HttpMethod method = exchange.getRequest().getMethod();
        boolean reads = method == HttpMethod.GET || method == HttpMethod.HEAD;
        RequestPath path = exchange.getRequest().getPath();
        return reads && paths.contains(path.value())
                        || Pages.shows(method, path.pathWithinApplication())
                ? MatchResult.match()
                : MatchResult.notMatch();
    }
}
