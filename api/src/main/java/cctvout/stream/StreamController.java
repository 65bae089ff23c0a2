package cctvout.stream;

import cctvout.problem.ProblemException;
import cctvout.record.Violation;
import cctvout.role.ConditionalOnRole;
import cctvout.role.Role;
import cctvout.security.AccessEnds;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

import java.nio.charset.StandardCharsets;

/** {@code GET /api/stream}: what happens, as it happens, from where the client left off. */
@RestController
@ConditionalOnRole(Role.API)
final class StreamController {

    private static final MediaType EVENTS =
            new MediaType("text", "event-stream", StandardCharsets.UTF_8);

    private final StreamHub hub;
    private final AccessEnds access;

    StreamController(StreamHub hub, AccessEnds access) {
        this.hub = hub;
        this.access = access;
    }

    /**
     * @param types of {@code transition,issue,notification,result,summary}; all where absent
     * @param after resume after this number; a {@code Last-Event-ID} goes before it
     */
    @GetMapping("/api/stream")
    Mono<Void> stream(
            @RequestParam(required = false) @Nullable String types,
            @RequestParam(required = false) @Nullable String district,
            @RequestParam(required = false) @Nullable String line,
            @RequestParam(required = false) @Nullable String vendor,
            @RequestParam(required = false) @Nullable String after,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            ServerWebExchange exchange) {
        StreamFilter filter = StreamFilter.of(types, district, line, vendor);
        long from = number("Last-Event-ID", lastEventId, number("after", after, StreamCursor.NOW));
        return hub.resumption(from)
                .flatMap(resumed -> write(exchange, filter, resumed))
                .takeUntilOther(access.ended(exchange));
    }

    private Mono<Void> write(ServerWebExchange exchange, StreamFilter filter, long after) {
        Flux<byte[]> batches = hub.connect(filter, after, connectionOf(exchange.getRequest()));
        ServerHttpResponse response = exchange.getResponse();
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(EVENTS);
        headers.setCacheControl("no-store");
        headers.set("X-Accel-Buffering", "no");
        // flushed without being asked: what is written is on its way at the end of the event
        // loop's turn, and a flush of its own each batch costs more than the batch
        return response.writeWith(batches.map(batch -> response.bufferFactory().wrap(batch)));
    }

    private static StreamConnection connectionOf(ServerHttpRequest request) {
        HttpServerRequest server = ServerHttpRequestDecorator.getNativeRequest(request);
        if (server instanceof Connection connection) {
            return new StreamConnection(connection);
        }
        throw new IllegalStateException("the stream needs Reactor Netty, not " + server.getClass());
    }

    private static long number(String name, @Nullable String text, long absent) {
        if (text == null || text.isBlank()) {
            return absent;
        }
        try {
            long number = Long.parseLong(text.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw ProblemException.refused(new Violation(name, text, "the number of an event, from 0"));
    }
}
