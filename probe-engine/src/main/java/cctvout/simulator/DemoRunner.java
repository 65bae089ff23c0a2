package cctvout.simulator;

import cctvout.camera.Camera;
import cctvout.camera.CameraQuery;
import cctvout.camera.CameraRegistry;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.ChannelBindException;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.List;

/**
 * The simulated city beside the real engine: serves its streams, and registers its cameras. Starts
 * without waiting; where the database is away it tries on.
 */
final class DemoRunner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(DemoRunner.class);
    private static final int BATCH = 500;

    private final FleetOptions options;
    private final FaultBoard board;
    private final CameraRegistry registry;
    private @Nullable Disposable running;

    DemoRunner(FleetOptions options, FaultBoard board, CameraRegistry registry) {
        this.options = options;
        this.board = board;
        this.registry = registry;
    }

    @Override
    public synchronized void start() {
        if (running == null) {
            running = run().subscribe();
        }
    }

    @Override
    public synchronized void stop() {
        if (running != null) {
            running.dispose();
            running = null;
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return running != null;
    }

    /** Serves until it is cancelled. */
    private Mono<Void> run() {
        return Mono.usingWhen(
                        serve(),
                        server -> register(server.port()).then(server.closed()),
                        server -> Mono.fromRunnable(server::close))
                .onErrorResume(
                        failed -> {
                            log.error("The simulated city did not start", failed);
                            return Mono.empty();
                        });
    }

    private Mono<FleetServer> serve() {
        return FleetServer.start(options, board)
                .onErrorResume(
                        ChannelBindException.class,
                        taken -> {
                            log.warn(
                                    "cctvout.demo.port {} is taken: another one is used",
                                    options.port());
                            return FleetServer.start(options.onPort(0), board);
                        });
    }

    // saved at every start: the port that their URLs name may be another one now
    private Mono<Void> register(int port) {
        List<Camera> cameras =
                options.fleet().cameras().stream().map(camera -> camera.registered(port)).toList();
        return Flux.fromIterable(cameras)
                .buffer(Math.min(BATCH, CameraQuery.MAX_LIMIT))
                .concatMap(registry::saveAll)
                .then()
                .retryWhen(
                        Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(500))
                                .maxBackoff(Duration.ofSeconds(10))
                                .doBeforeRetry(
                                        signal ->
                                                log.warn(
                                                        "Demo cameras not registered yet: {}",
                                                        signal.failure().toString())))
                .doOnSuccess(
                        _ ->
                                log.info(
                                        "{}: {} simulated cameras on 127.0.0.0/8, port {}",
                                        DemoCity.NAME,
                                        cameras.size(),
                                        port));
    }
}
