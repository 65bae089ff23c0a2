package cctvout.problem;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerResponse;

import tools.jackson.databind.json.JsonMapper;

import java.util.concurrent.ThreadLocalRandom;

/** Turns every error of a request into {@code application/problem+json}. */
@Component
@Order(-2) // before Spring Boot's, which knows other forms
public class ProblemAnswers implements WebExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAnswers.class);

    private final JsonMapper json;

    public ProblemAnswers(JsonMapper json) {
        this.json = json;
    }

    /**
     * Lazy. Errors on with what it was given where the answer has begun already; nothing is left to
     * do where the server gave its own, to a body that it cannot read.
     */
    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        if (isAnsweredByServer(exchange.getResponse())) {
            return Mono.empty();
        }
        if (exchange.getResponse().isCommitted() || error instanceof AbortedException) {
            return Mono.error(error);
        }
        ProblemException known = KnownErrors.answerTo(error);
        return write(exchange, known == null ? defect(exchange, error) : known);
    }

    /** Writes the problem as the answer. Lazy. */
    public Mono<Void> write(ServerWebExchange exchange, ProblemException problem) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(problem.status());
        problem.headers().forEach((name, values) -> response.getHeaders().put(name, values));
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        response.getHeaders().setCacheControl("no-store");
        byte[] body = json.writeValueAsBytes(body(exchange, problem));
        response.getHeaders().setContentLength(body.length);
        if (exchange.getRequest().getMethod() == HttpMethod.HEAD) {
            return response.setComplete();
        }
        DataBuffer buffer = response.bufferFactory().wrap(body);
        return response.writeWith(Mono.just(buffer));
    }

    private static boolean isAnsweredByServer(ServerHttpResponse response) {
        return !response.isCommitted()
                && ServerHttpResponseDecorator.getNativeResponse(response)
                        instanceof HttpServerResponse server
                && server.hasSentHeaders();
    }

    private static Problem body(ServerWebExchange exchange, ProblemException problem) {
        HttpStatus status = problem.status();
        String detail = problem.getMessage();
        return new Problem(
                "about:blank",
                status.getReasonPhrase(),
                status.value(),
                detail == null || detail.isEmpty() ? status.getReasonPhrase() : detail,
                exchange.getRequest().getPath().value(),
                problem.errors());
    }

    private static ProblemException defect(ServerWebExchange exchange, Throwable error) {
        String mark = Integer.toHexString(ThreadLocalRandom.current().nextInt());
        log.error(
                "{} {} failed, {}",
                exchange.getRequest().getMethod(),
                exchange.getRequest().getPath().value(),
                mark,
                error);
        return new ProblemException(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "an error of the server's own; its log tells more at " + mark);
    }
}
