package cctvout.dashboard;

import cctvout.problem.ProblemException;

import org.springframework.core.annotation.Order;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.resource.NoResourceFoundException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

import reactor.core.publisher.Mono;

import java.io.IOException;
import java.util.List;

/** Who opens an address where no page is reads so in the page itself, still with a 404. */
@Component
@Order(-3) // before the answer that programs get
final class LostPage implements WebExceptionHandler {

    /** Programs read from there. */
    private static final List<String> OF_PROGRAMS = List.of("/api", "/actuator");

    private final byte[] page;

    LostPage() throws IOException {
        page = new ClassPathResource("static/index.html").getContentAsByteArray();
    }

    /** Lazy. */
    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        ServerHttpResponse response = exchange.getResponse();
        if (!isOfNothing(error) || response.isCommitted() || !isOfBrowser(exchange.getRequest())) {
            return Mono.error(error);
        }
        response.setStatusCode(HttpStatus.NOT_FOUND);
        response.getHeaders().setContentType(MediaType.TEXT_HTML);
        response.getHeaders().setCacheControl("no-store");
        response.getHeaders().setContentLength(page.length);
        if (exchange.getRequest().getMethod() == HttpMethod.HEAD) {
            return response.setComplete();
        }
        DataBuffer buffer = response.bufferFactory().wrap(page);
        return response.writeWith(Mono.just(buffer));
    }

    private static boolean isOfNothing(Throwable error) {
        return error instanceof NoResourceFoundException
                || (error instanceof ProblemException problem
                        && problem.status() == HttpStatus.NOT_FOUND);
    }

    private static boolean isOfBrowser(ServerHttpRequest request) {
        String path = request.getPath().pathWithinApplication().value();
        // what takes anything is no browser that was sent somewhere
        return (request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD)
                && OF_PROGRAMS.stream()
                        .noneMatch(root -> path.equals(root) || path.startsWith(root + "/"))
                && request.getHeaders().getAccept().contains(MediaType.TEXT_HTML);
    }
}
