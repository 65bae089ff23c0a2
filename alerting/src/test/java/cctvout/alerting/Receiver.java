package cctvout.alerting;

import cctvout.rows.Rows;

import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A webhook receiver on 127.0.0.1, each path answering as it is told. */
public final class Receiver implements AutoCloseable {

    /** What came, with the time it came at. */
    public record Hook(String path, Map<String, String> headers, String body, long nanos) {
        public JsonNode json() {
            return Rows.read(body, JsonNode.class);
        }

        public String text(String field) {
            return json().path(field).asString();
        }

        public String header(String name) {
            return Objects.requireNonNull(headers.get(name.toLowerCase(java.util.Locale.ROOT)));
        }
    }

    private final BlockingQueue<Hook> hooks = new LinkedBlockingQueue<>();
    private final Map<String, Function<Hook, Mono<Integer>>> answers = new ConcurrentHashMap<>();
    private final Map<String, Map.Entry<String, String>> headers = new ConcurrentHashMap<>();
    private final DisposableServer server =
            HttpServer.create()
                    .host("127.0.0.1")
                    .port(0)
                    .handle(
                            (request, response) ->
                                    request.receive()
                                            .aggregate()
                                            .asString()
                                            .defaultIfEmpty("")
                                            .flatMap(
                                                    body -> {
                                                        Hook hook =
                                                                hook(
                                                                        request.uri(),
                                                                        request.requestHeaders(),
                                                                        body);
                                                        hooks.add(hook);
                                                        return answers.getOrDefault(
                                                                        hook.path(),
                                                                        _ -> Mono.just(200))
                                                                .apply(hook);
                                                    })
                                            .flatMap(
                                                    status ->
                                                            with(
                                                                            response.status(status),
                                                                            request.uri())
                                                                    .header("Location", "/moved")
                                                                    .send()
                                                                    .then()))
                    .bindNow(Duration.ofSeconds(10));

    private static Hook hook(
            String path, Iterable<Map.Entry<String, String>> headers, String body) {
        Map<String, String> byName = new ConcurrentHashMap<>();
        headers.forEach(
                header ->
                        byName.put(
                                header.getKey().toLowerCase(java.util.Locale.ROOT),
                                header.getValue()));
        return new Hook(path, byName, body, System.nanoTime());
    }

    public String url(String path) {
        return "http://127.0.0.1:" + server.port() + path;
    }

    void header(String path, String name, String value) {
        headers.put(path, Map.entry(name, value));
    }

    private HttpServerResponse with(HttpServerResponse response, String path) {
        Map.Entry<String, String> header = headers.get(path);
        return header == null ? response : response.header(header.getKey(), header.getValue());
    }

    public void answer(String path, Function<Hook, Mono<Integer>> answer) {
        answers.put(path, answer);
    }

    /** The next of them, within 20 s. */
    Hook next() throws InterruptedException {
        Hook hook = hooks.poll(20, TimeUnit.SECONDS);
        return Objects.requireNonNull(hook, "nothing came within 20 s");
    }

    List<Hook> next(int count) throws InterruptedException {
        List<Hook> found = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            found.add(next());
        }
        return found;
    }

    /** All that came and was not taken. */
    public List<Hook> rest() {
        List<Hook> found = new ArrayList<>();
        hooks.drainTo(found);
        return found;
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
    }
}
