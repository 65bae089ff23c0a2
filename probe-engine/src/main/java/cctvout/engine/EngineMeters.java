package cctvout.engine;

import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpOutcome;
import cctvout.status.StatusTransition;
import cctvout.status.Verdict;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** The engine's Micrometer meters, and the figures that {@code /api/status} reads off them. */
final class EngineMeters {

    /** The probe rate is an average over this many seconds. */
    private static final int RATE_SECONDS = 10;

    private final MeterRegistry registry;
    private final Timer lateness;
    private final Timer failingLateness;
    private final Timer detection;
    private final AtomicInteger echoesInFlight = new AtomicInteger();
    private final AtomicInteger streamsInFlight = new AtomicInteger();
    private final Map<String, Timer> durations = new ConcurrentHashMap<>();
    private final Map<Verdict, AtomicLong> cameras = new ConcurrentHashMap<>();
    private final LongAdder probes = new LongAdder();
    private final LongAdder inconclusive = new LongAdder();
    private final long[] probesAt = new long[RATE_SECONDS + 1];
    private volatile double probesPerSecond;
    private int second;

    EngineMeters(MeterRegistry registry) {
        this.registry = registry;
        this.lateness = lateness("steady");
        this.failingLateness = lateness("failing");
        this.detection =
                Timer.builder("cctvout.detection.latency")
                        .description("From the first deviating result to the confirmed transition")
                        .publishPercentiles(0.5, 0.99)
                        .register(registry);
        gauge("icmp", echoesInFlight);
        gauge("hls", streamsInFlight);
        for (Verdict verdict : Verdict.values()) {
            AtomicLong count = new AtomicLong();
            cameras.put(verdict, count);
            Gauge.builder("cctvout.cameras", count, AtomicLong::get)
                    .tag("verdict", verdict.name())
                    .register(registry);
        }
    }

    private Timer lateness(String lane) {
        return Timer.builder("cctvout.probe.lateness")
                .description("From due to begun")
                .tag("lane", lane)
                .publishPercentiles(0.5, 0.99)
                .percentilePrecision(2)
                .distributionStatisticExpiry(Duration.ofMinutes(1))
                .register(registry);
    }

    private void gauge(String kind, AtomicInteger value) {
        Gauge.builder("cctvout.probe.inflight", value, AtomicInteger::get)
                .tag("kind", kind)
                .register(registry);
    }

    Mono<IcmpOutcome> timedEcho(Mono<IcmpOutcome> train) {
        return Mono.defer(
                () -> {
                    long begun = begin(echoesInFlight);
                    return train.doOnNext(
                                    outcome ->
                                            ended(
                                                    "icmp",
                                                    switch (outcome) {
                                                        case IcmpOutcome.Measured(var result) ->
                                                                result.status().name();
                                                        case IcmpOutcome.Inconclusive _ ->
                                                                "INCONCLUSIVE";
                                                    },
                                                    begun))
                            .doFinally(_ -> echoesInFlight.decrementAndGet());
                });
    }

    Mono<HlsResult> timedStream(Mono<HlsResult> check) {
        return Mono.defer(
                () -> {
                    long begun = begin(streamsInFlight);
                    return check.doOnNext(result -> ended("hls", result.status().name(), begun))
                            .doFinally(_ -> streamsInFlight.decrementAndGet());
                });
    }

    private long begin(AtomicInteger inFlight) {
        inFlight.incrementAndGet();
        probes.increment();
        return System.nanoTime();
    }

    private void ended(String kind, String status, long begun) {
        durations
                .computeIfAbsent(
                        kind + status,
                        _ ->
                                Timer.builder("cctvout.probe.duration")
                                        .tag("kind", kind)
                                        .tag("status", status)
                                        .register(registry))
                .record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
    }

    /**
     * @param steady that the camera was well before, so that its check is in the lane of those
     */
    void late(long nanos, boolean steady) {
        (steady ? lateness : failingLateness).record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
    }

    void inconclusive() {
        inconclusive.increment();
    }

    void moved(Verdict from, Verdict to) {
        count(from).decrementAndGet();
        count(to).incrementAndGet();
    }

    void added(Verdict verdict) {
        count(verdict).incrementAndGet();
    }

    void removed(Verdict verdict) {
        count(verdict).decrementAndGet();
    }

    private AtomicLong count(Verdict verdict) {
        return java.util.Objects.requireNonNull(cameras.get(verdict));
    }

    void confirmed(StatusTransition transition, Duration sinceFirstDeviation) {
        registry.counter("cctvout.transitions", "to", transition.to().name()).increment();
        detection.record(sinceFirstDeviation);
    }

    /** Once a second, from one thread. */
    void everySecond() {
        second++;
        long now = probes.sum();
        int slot = second % probesAt.length;
        probesAt[slot] = now;
        int span = Math.min(second, RATE_SECONDS);
        long before = second > RATE_SECONDS ? probesAt[(slot + 1) % probesAt.length] : 0;
        probesPerSecond = (now - before) / (double) span;
    }

    double probesPerSecond() {
        return Math.round(probesPerSecond * 10) / 10.0;
    }

    /** Of cameras that are well. */
    double latenessP99Ms() {
        for (ValueAtPercentile value : lateness.takeSnapshot().percentileValues()) {
            if (value.percentile() == 0.99) {
                return Math.round(value.value(TimeUnit.MILLISECONDS) * 10) / 10.0;
            }
        }
        return 0;
    }

    long inconclusiveSoFar() {
        return inconclusive.sum();
    }
}
