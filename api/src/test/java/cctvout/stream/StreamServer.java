package cctvout.stream;

import cctvout.camera.CameraId;
import cctvout.engine.EngineStatus;
import cctvout.engine.ProbeEngine;
import cctvout.log.EventLog;
import cctvout.problem.ProblemAnswers;
import cctvout.security.AccessEnds;
import cctvout.status.CameraStatus;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The stream on a real server on a port of its own, fed by the test. */
final class StreamServer implements AutoCloseable {

    final MemoryLog log;
    final MemoryCameras cameras = new MemoryCameras();
    final AtomicLong openIssues = new AtomicLong();
    final Sinks.Many<CameraStatus> results = Sinks.many().multicast().directBestEffort();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AnnotationConfigApplicationContext context;
    private final StreamHub hub;
    private final DisposableServer server;

    @EnableWebFlux
    static class Web {}

    static StreamServer start() throws Exception {
        return start(StreamSettings.defaults());
    }

    static StreamServer start(StreamSettings settings) throws Exception {
        MemoryLog log = new MemoryLog();
        return new StreamServer(settings, log, log);
    }

    /** Of a log that somebody else fills. */
    static StreamServer over(EventLog events) throws Exception {
        return new StreamServer(StreamSettings.defaults(), new MemoryLog(), events);
    }

    private StreamServer(StreamSettings settings, MemoryLog log, EventLog events) throws Exception {
        this.log = log;
        hub =
                new StreamHub(
                        events,
                        cameras,
                        new Engine(),
                        null,
                        () -> Mono.fromSupplier(() -> Map.of("openIssues", openIssues.get())),
                        JsonMapper.builder().build(),
                        settings,
                        new StreamMetrics(meters));
        context = new AnnotationConfigApplicationContext();
        context.register(Web.class);
        context.registerBean(StreamHub.class, () -> hub);
        context.registerBean(AccessEnds.class, () -> _ -> Mono.never());
        context.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
        context.register(ProblemAnswers.class, StreamController.class);
        context.refresh();
        var handler =
                new ReactorHttpHandlerAdapter(
                        WebHttpHandlerBuilder.applicationContext(context).build());
        server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .handle(handler)
                        .bind()
                        .cast(DisposableServer.class)
                        .toFuture()
                        .get(10, TimeUnit.SECONDS);
    }

    static StreamSettings settings(int ring, int maxClients, Duration stall) {
        return new StreamSettings(
                maxClients,
                ring,
                50,
                2,
                4096,
                stall,
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMillis(50),
                100,
                1000);
    }

    int port() {
        return server.port();
    }

    URI uri(String query) {
        return URI.create("http://127.0.0.1:" + port() + "/api/stream" + query);
    }

    double closed(String reason) {
        return meters.counter("cctvout.stream.closed", "reason", reason).count();
    }

    double clients() {
        return meters.get("cctvout.stream.clients").gauge().value();
    }

    Flux<byte[]> connect(StreamConnection connection) {
        return hub.connect(StreamFilter.ALL, StreamCursor.NOW, connection);
    }

    void stopHub() {
        hub.stop();
    }

    @Override
    public void close() {
        context.close();
        server.dispose();
    }

    private final class Engine implements ProbeEngine {
        @Override
        public Mono<CameraStatus> check(CameraId id) {
            return Mono.empty();
        }

        @Override
        public Optional<CameraStatus> status(CameraId id) {
            return Optional.empty();
        }

        @Override
        public Flux<CameraStatus> results() {
            return results.asFlux();
        }

        @Override
        public EngineStatus status() {
            return EngineStatus.absent("no probing in this test");
        }
    }
}
