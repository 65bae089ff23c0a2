package cctvout.web;

import cctvout.problem.ProblemException;
import cctvout.record.Violation;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.Set;

/**
 * Parameters that no route can make sense of. One with a NUL: nothing is called so, and the
 * database takes no such text. One that is there twice: all but the first would be passed over in
 * silence.
 */
@Component
final class ParametersFilter implements WebFilter {

    /** What is meant to be there any number of times. */
    private static final Set<String> LISTS = Set.of("map");

    /** It joins them itself. */
    private static final String STREAM = "/api/stream";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getPath().value();
        boolean once = path.startsWith("/api/") && !path.equals(STREAM);
        for (var parameter : exchange.getRequest().getQueryParams().entrySet()) {
            String name = parameter.getKey();
            String wrong = wrong(parameter.getValue(), once && !LISTS.contains(name));
            if (wrong != null) {
                return Mono.error(ProblemException.refused(new Violation(name, null, wrong)));
            }
        }
        return chain.filter(exchange);
    }

    private static @Nullable String wrong(List<String> values, boolean once) {
        if (once && values.size() > 1) {
            return "is there more than once, and takes one value";
        }
        for (String value : values) {
            if (value != null && value.indexOf('\0') >= 0) {
                return "holds a NUL character";
            }
        }
        return null;
    }
}
