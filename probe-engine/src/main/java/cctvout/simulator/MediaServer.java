package cctvout.simulator;

import io.netty.handler.codec.http.HttpHeaderNames;

import org.reactivestreams.Publisher;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import java.time.Clock;
import java.time.Duration;

/**
 * One stream on a media server of a certain {@link Brand}, on 127.0.0.1, with an encoder that can
 * be lost and come back. Everything but the patience of held requests goes by the given clock.
 */
public final class MediaServer implements AutoCloseable {

    private static final Duration AGAIN = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Answers answers;
    private final DisposableServer server;

    private MediaServer(Answers answers, DisposableServer server) {
        this.answers = answers;
        this.server = server;
    }

    /** Listens on a free port. Lazy; a server each subscription; answers on an event loop. */
    public static Mono<MediaServer> start(Brand brand, Clock clock) {
        return Mono.defer(
                () -> {
                    Answers answers =
                            new Answers(brand, brand.script(), clock, new Encoder(clock.millis()));
                    return HttpServer.create()
                            .host("127.0.0.1")
                            .port(0)
                            .handle(answers::answer)
                            .bind()
                            .map(server -> new MediaServer(answers, server));
                });
    }

    /** Entry playlist, as it would be registered. */
    public String url() {
        return "http://127.0.0.1:" + server.port() + answers.brand.entry();
    }

    public void loseEncoder() {
        answers.encoder.lose(answers.clock.millis());
    }

    /** It begins anew. */
    public void returnEncoder() {
        answers.encoder.comeBack(answers.clock.millis());
    }

    /** Asks the script, one request at a time. */
    private record Answers(Brand brand, BrandScript script, Clock clock, Encoder encoder) {

        Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
            String uri = request.uri();
            int query = uri.indexOf('?');
            String path = query < 0 ? uri : uri.substring(0, query);
            String cookie = request.requestHeaders().get(HttpHeaderNames.COOKIE);
            return Mono.fromSupplier(
                            () ->
                                    ask(
                                            path,
                                            query < 0 ? "" : uri.substring(query + 1),
                                            cookie == null ? "" : cookie))
                    .filter(reply -> !reply.later())
                    .repeatWhenEmpty(turns -> turns.delayElements(AGAIN))
                    .timeout(PATIENCE, Mono.just(BrandScript.Reply.status(404)))
                    .flatMap(reply -> send(reply, response));
        }

        private BrandScript.Reply ask(String path, String query, String cookie) {
            long now = clock.millis();
            synchronized (script) {
                return script.answer(
                        new BrandScript.Ask(path, query, cookie, now), encoder.at(now));
            }
        }

        private static Mono<Void> send(BrandScript.Reply reply, HttpServerResponse response) {
            response.status(reply.status());
            reply.headers().forEach(response::header);
            response.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(reply.body().length));
            return response.sendByteArray(Mono.just(reply.body())).then();
        }
    }

    /** Does not wait. */
    @Override
    public void close() {
        server.dispose();
    }
}
