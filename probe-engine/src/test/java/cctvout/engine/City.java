package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.camera.CameraChange;
import cctvout.camera.CameraId;
import cctvout.cluster.Shards;
import cctvout.status.CameraState;
import cctvout.status.CameraStatus;
import cctvout.status.StatusTransition;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A scripted city round a real engine in virtual time: what each camera answers, what the engine
 * made of it.
 */
final class City extends ScriptedProbes implements AutoCloseable {

    final List<StatusTransition> log = new ArrayList<>();
    private final List<CameraState> stored = new ArrayList<>();
    private final List<CameraChange> atStart = new ArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    boolean databaseAway;
    private Duration stoodStill = Duration.ZERO;
    private Duration clockSet = Duration.ZERO;
    private final Sinks.Many<CameraChange> changes =
            Sinks.many().multicast().onBackpressureBuffer(1 << 17, false);
    private long revision;
    final ReactiveProbeEngine engine;

    City(EngineSettings settings) {
        this(settings, Shards.alone());
    }

    City(EngineSettings settings, Shards shards) {
        engine =
                new ReactiveProbeEngine(
                        settings,
                        shards,
                        this,
                        this,
                        this,
                        this,
                        this,
                        new EngineMeters(meters),
                        clock(),
                        time);
    }

    /**
     * @param others {@code name=value}, after {@code cctvout.probe.}
     */
    static EngineSettings settings(Duration interval, String... others) {
        Map<String, Object> named = new HashMap<>();
        named.put("cctvout.probe.interval", interval);
        named.put("cctvout.probe.failing-parallelism", 64);
        named.put("cctvout.probe.failing-echo-parallelism", 64);
        named.put("cctvout.probe.asked-checks", 4);
        named.put("cctvout.probe.transition-buffer", 1000);
        for (String other : others) {
            String[] pair = other.split("=", 2);
            named.put("cctvout.probe." + pair[0], pair[1]);
        }
        return new Binder(new MapConfigurationPropertySource(named))
                .bindOrCreate("cctvout.probe", EngineSettings.class);
    }

    static Camera camera(String id, @Nullable String ip, @Nullable String url) {
        return camera(id, ip, url, null);
    }

    static Camera camera(
            String id, @Nullable String ip, @Nullable String url, @Nullable String line) {
        return new Camera(
                new CameraId(id),
                null,
                null,
                null,
                null,
                ip,
                url,
                line,
                null,
                null,
                null,
                null,
                true,
                null,
                Camera.Probes.BOTH,
                1);
    }

    static Camera every(Camera camera, Duration interval, boolean enabled) {
        return new Camera(
                camera.id(),
                null,
                null,
                null,
                null,
                camera.ip(),
                camera.hlsUrl(),
                camera.line(),
                camera.site(),
                null,
                null,
                null,
                enabled,
                interval,
                camera.probes(),
                camera.version() + 1);
    }

    /** The process stands still: time goes on, no task runs, then all that was due runs at once. */
    void pauseFor(Duration pause) {
        stoodStill = stoodStill.plus(pause);
    }

    /** Somebody sets the wall clock, by so much. */
    void setClock(Duration by) {
        clockSet = clockSet.plus(by);
    }

    private EngineClock clock() {
        EngineClock virtual = EngineClock.of(time);
        return new EngineClock() {
            @Override
            public long nanos() {
                return virtual.nanos() + stoodStill.toNanos();
            }

            @Override
            public Instant now() {
                return virtual.now().plus(stoodStill).plus(clockSet);
            }
        };
    }

    void start() {
        engine.start();
        run(Duration.ofSeconds(3)); // what comes now is new, not what there was at the start
    }

    void run(Duration duration) {
        for (long left = duration.toMillis(); left > 0; left -= 5) {
            time.advanceTimeBy(Duration.ofMillis(Math.min(5, left)));
        }
    }

    /** Until the camera's next transition, an hour at most. */
    void runToTransition(String id) {
        int known = history(id).size();
        for (int i = 0; i < 36_000 && history(id).size() == known; i++) {
            run(Duration.ofMillis(100));
        }
    }

    /** There before the start. */
    void registered(Camera camera) {
        atStart.add(new CameraChange.Saved(camera, ++revision));
    }

    void registered(Camera camera, CameraState state) {
        registered(camera);
        stored.add(state);
    }

    void save(Camera camera) {
        changes.tryEmitNext(new CameraChange.Saved(camera, ++revision)).orThrow();
    }

    void remove(String id) {
        changes.tryEmitNext(new CameraChange.Removed(new CameraId(id), ++revision)).orThrow();
    }

    List<String> history(String id) {
        return log.stream()
                .filter(t -> t.cameraId().value().equals(id))
                .map(t -> t.from() + ">" + t.to() + " " + t.reason())
                .toList();
    }

    @Override
    public Mono<List<StatusTransition>> append(List<StatusTransition> transitions) {
        return Mono.defer(
                () -> {
                    if (databaseAway) {
                        return Mono.<List<StatusTransition>>error(
                                new IllegalStateException("database away"));
                    }
                    List<StatusTransition> numbered = new ArrayList<>();
                    for (StatusTransition transition : transitions) {
                        log.add(transition);
                        numbered.add(transition.numbered(log.size()));
                    }
                    return Mono.just(numbered);
                });
    }

    @Override
    public Flux<CameraState> verdicts(Collection<CameraId> ids) {
        return Flux.fromIterable(stored).filter(state -> ids.contains(state.id()));
    }

    @Override
    public Mono<List<StatusTransition>> ofCamera(CameraId id, int limit) {
        return Mono.fromSupplier(
                () ->
                        log.reversed().stream()
                                .filter(it -> it.cameraId().equals(id))
                                .limit(limit)
                                .toList());
    }

    /** A third at a time. */
    @Override
    public Mono<List<CameraChange>> changesSoFar(long afterRevision) {
        return Flux.fromIterable(atStart)
                .filter(change -> change.revision() > afterRevision)
                .take(atStart.size() / 3 + 1)
                .collectList();
    }

    @Override
    public Flux<CameraChange> changes(long afterRevision) {
        return changes.asFlux();
    }

    @Override
    public void record(CameraStatus status) {}

    @Override
    public void close() {
        engine.stop();
        VirtualTimeScheduler.reset();
    }
}
