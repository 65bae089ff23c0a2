package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.camera.CameraChange;
import cctvout.camera.CameraId;
import cctvout.camera.CameraQuery;
import cctvout.camera.CameraRegistry;
import cctvout.cluster.Shards;
import cctvout.history.ProbeHistory;
import cctvout.hls.Edge;
import cctvout.hls.HlsProber;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpProber;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.status.CameraState;
import cctvout.status.CameraStatus;
import cctvout.status.StatusTransition;
import cctvout.status.TransitionLog;

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
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * A scripted city round a real engine in virtual time: what each camera answers, what the engine
 * made of it.
 */
final class City
        implements CameraRegistry,
                TransitionLog,
                ProbeHistory,
                IcmpProber,
                HlsProber,
                AutoCloseable {

    private static final Edge SEEN =
            new Edge(1, 0, "s", Instant.EPOCH, Duration.ofSeconds(2), Edge.Motion.PROVEN, null);

    final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    final List<StatusTransition> log = new ArrayList<>();
    final List<String> pinged = new ArrayList<>();
    final List<String> streamed = new ArrayList<>();
    final Map<String, IcmpStatus> echoes = new HashMap<>();
    final Map<String, HlsReason> streams = new HashMap<>();

    /** Milliseconds, of targets of which somebody wants to know. */
    final Map<String, Double> roundTrips = new HashMap<>();

    private final List<CameraState> stored = new ArrayList<>();
    private final List<CameraChange> atStart = new ArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    boolean databaseAway;
    private Duration stoodStill = Duration.ZERO;
    Duration probeTakes = Duration.ofMillis(100);

    /** Of streams that take another time than {@link #probeTakes}. */
    final Map<String, Duration> streamTakes = new HashMap<>();

    /** After so long a stream that was seen for the first time wants a second look. */
    @Nullable Duration secondLook;

    /** When each stream check began, on the virtual clock. */
    final List<Long> streamedAt = new ArrayList<>();

    /** When each echo train began, on the virtual clock. */
    final List<Long> pingedAt = new ArrayList<>();

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
        return new Camera(
                new CameraId(id),
                null,
                null,
                null,
                null,
                ip,
                url,
                null,
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

    private EngineClock clock() {
        EngineClock virtual = EngineClock.of(time);
        return new EngineClock() {
            @Override
            public long nanos() {
                return virtual.nanos() + stoodStill.toNanos();
            }

            @Override
            public Instant now() {
                return virtual.now().plus(stoodStill);
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
    void registered(Camera camera, CameraState state) {
        atStart.add(new CameraChange.Saved(camera, ++revision));
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
    public Mono<IcmpOutcome> probe(String host) {
        return Mono.defer(
                () -> {
                    pinged.add(host);
                    pingedAt.add(time.now(TimeUnit.MILLISECONDS));
                    IcmpStatus status = echoes.getOrDefault(host, IcmpStatus.SUCCESS);
                    Double rtt = roundTrips.get(host);
                    IcmpOutcome outcome =
                            new IcmpOutcome.Measured(
                                    new IcmpResult(
                                            status,
                                            status.name(),
                                            4,
                                            4,
                                            rtt,
                                            rtt,
                                            rtt,
                                            Instant.EPOCH));
                    return Mono.just(outcome).delayElement(probeTakes, time);
                });
    }

    @Override
    public Mode mode() {
        return Mode.DGRAM;
    }

    @Override
    public String explanation() {
        return "scripted";
    }

    @Override
    public Mono<HlsResult> probe(String url, @Nullable Edge before) {
        return Mono.defer(
                () -> {
                    streamed.add(url);
                    streamedAt.add(time.now(TimeUnit.MILLISECONDS));
                    boolean unproven = before == null && secondLook != null;
                    HlsReason usual = unproven ? HlsReason.FRESHNESS_UNPROVEN : HlsReason.OK;
                    HlsReason reason = streams.getOrDefault(url, usual);
                    return Mono.just(
                                    new HlsResult(
                                            reason.status(),
                                            reason,
                                            null,
                                            null,
                                            null,
                                            null,
                                            null,
                                            List.of(),
                                            SEEN,
                                            unproven ? secondLook : null,
                                            Instant.EPOCH))
                            .delayElement(streamTakes.getOrDefault(url, probeTakes), time);
                });
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

    // ---- not asked for by the engine ----

    @Override
    public Mono<CameraStatus> current(CameraId id) {
        return Mono.empty();
    }

    @Override
    public Mono<List<StatusTransition>> read(long after, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<List<CameraStatus>> checks(CameraId id, Instant from, Instant to, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Camera> find(CameraId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Page> search(CameraQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Flux<Camera> all() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Camera> create(Camera camera) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Camera> update(Camera camera, OptionalLong expectedVersion) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Boolean> delete(CameraId id, OptionalLong expectedVersion) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<List<Saving>> saveAll(List<Camera> batch) {
        throw new UnsupportedOperationException();
    }
}
