package cctvout.stream;

import cctvout.camera.CameraId;
import cctvout.engine.EngineStatus;
import cctvout.engine.ProbeEngine;
import cctvout.log.EventLog;
import cctvout.security.AccessEnds;
import cctvout.status.CameraStatus;
import cctvout.web.ServedControllers;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;

import tools.jackson.databind.json.JsonMapper;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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

    static StreamServer start() {
        return start(StreamSettings.defaults());
    }

    static StreamServer start(StreamSettings settings) {
        MemoryLog log = new MemoryLog();
        return new StreamServer(settings, log, log);
    }

    /** Of a log that somebody else fills. */
    static StreamServer over(EventLog events) {
        return new StreamServer(StreamSettings.defaults(), new MemoryLog(), events);
    }

    private StreamServer(StreamSettings settings, MemoryLog log, EventLog events) {
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
        context.registerBean(StreamHub.class, () -> hub);
        context.registerBean(AccessEnds.class, () -> _ -> Mono.never());
        context.registerBean(JsonMapper.class, () -> JsonMapper.builder().build());
        context.register(StreamController.class);
        server = ServedControllers.of(context);
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
