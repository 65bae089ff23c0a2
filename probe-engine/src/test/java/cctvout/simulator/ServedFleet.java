package cctvout.simulator;

import io.netty.handler.codec.http.HttpHeaderNames;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A fleet on a port of its own, with a clock that the test moves, and a client. */
abstract class ServedFleet {

    static final Duration LIMIT = Duration.ofSeconds(10);

    record Answer(int status, String contentRange, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    final MovableClock clock = new MovableClock();
    final HttpClient client = HttpClient.newConnection();
    FleetServer server;

    @BeforeEach
    void start() throws Exception {
        server = started(Fleet.of(30), Scenario.NONE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    FleetServer started(Fleet fleet, Scenario scenario) throws Exception {
        return FleetServer.start(
                        FleetOptions.of(fleet, 0)
                                .by(clock)
                                .playing(scenario)
                                .pacing(
                                        Duration.ofMillis(300),
                                        Duration.ofMillis(100),
                                        Duration.ofSeconds(20)))
                .toFuture()
                .get(10, TimeUnit.SECONDS);
    }

    String chunklist(int camera) {
        return get(child(camera, lastLine(get(server.url(camera)).text()))).text();
    }

    String child(int camera, String name) {
        return URI.create(server.url(camera)).resolve(name).toString();
    }

    static String lastLine(String playlist) {
        return playlist.lines().toList().getLast();
    }

    static long sequence(String chunklist) {
        String tag = "#EXT-X-MEDIA-SEQUENCE:";
        return chunklist
                .lines()
                .filter(line -> line.startsWith(tag))
                .map(line -> Long.parseLong(line.substring(tag.length())))
                .findFirst()
                .orElseThrow();
    }

    Answer get(String url) {
        return get(client, url);
    }

    static Answer get(HttpClient client, String url) {
        try {
            return answer(client, url).toFuture().get(10, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new AssertionError(url, failed);
        }
    }

    static Mono<Answer> answer(HttpClient client, String url) {
        return client.get()
                .uri(url)
                .responseSingle(
                        (response, body) ->
                                body.asByteArray()
                                        .defaultIfEmpty(new byte[0])
                                        .map(
                                                bytes ->
                                                        new Answer(
                                                                response.status().code(),
                                                                response.responseHeaders()
                                                                        .get(
                                                                                HttpHeaderNames
                                                                                        .CONTENT_RANGE),
                                                                bytes)));
    }
}
