package cctvout.engine;

import static java.util.Objects.requireNonNull;

import cctvout.hls.HlsResult;
import cctvout.hls.HlsStatus;
import cctvout.icmp.IcmpOutcome;
import cctvout.icmp.IcmpStatus;
import cctvout.status.StatusTransition;
import cctvout.status.Verdict;
import cctvout.trace.Span;
import cctvout.trace.Traces;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.ValueAtPercentile;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/** The engine's meters and spans, and the figures that {@code /api/status} reads off them. */
final class EngineMeters {

    /** The probe rate is an average over this many seconds. */
    private static final int RATE_SECONDS = 10;

    private final MeterRegistry registry;
    private final Traces traces;
    private final Timer lateness;
    private final Timer failingLateness;
    private final Timer detection;
    private final Timer echoInconclusive;
    private final Map<IcmpStatus, Timer> echoTook = new EnumMap<>(IcmpStatus.class);
    private final Map<HlsStatus, Timer> streamTook = new EnumMap<>(HlsStatus.class);
    private final Map<Verdict, AtomicLong> cameras = new ConcurrentHashMap<>();
    private final Map<Verdict, Counter> transitions = new EnumMap<>(Verdict.class);
    private final LongAdder probes = new LongAdder();
    private final LongAdder inconclusive = new LongAdder();
    private final long[] probesAt = new long[RATE_SECONDS + 1];
    private volatile int echoesInFlight;
    private volatile int streamsInFlight;
    private volatile double probesPerSecond;
    private int second;

    EngineMeters(MeterRegistry registry) {
        this(registry, Traces.off());
    }

    EngineMeters(MeterRegistry registry, Traces traces) {
        this.registry = registry;
        this.traces = traces;
        this.lateness = lateness("steady");
        this.failingLateness = lateness("failing");
        this.detection =
                Timer.builder("cctvout.detection.latency")
                        .description("From the first deviating result to the confirmed transition")
                        .publishPercentiles(0.5, 0.99)
                        .register(registry);
        FunctionCounter.builder("cctvout.probe.inconclusive", inconclusive, LongAdder::sum)
                .description("Checks that said nothing of their camera")
                .register(registry);
        gauge("icmp", meters -> meters.echoesInFlight);
        gauge("hls", meters -> meters.streamsInFlight);
        this.echoInconclusive = took("icmp", "INCONCLUSIVE");
        for (IcmpStatus status : IcmpStatus.values()) {
            echoTook.put(status, took("icmp", status.name()));
        }
        for (HlsStatus status : HlsStatus.values()) {
            streamTook.put(status, took("hls", status.name()));
        }
        for (Verdict verdict : Verdict.values()) {
            AtomicLong count = new AtomicLong();
            cameras.put(verdict, count);
            // from the start: the first of a counter that appears with it is none to rate()
            transitions.put(verdict, registry.counter("cctvout.transitions", "to", verdict.name()));
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

    private void gauge(String kind, ToDoubleFunction<EngineMeters> value) {
        Gauge.builder("cctvout.probe.inflight", this, value).tag("kind", kind).register(registry);
    }

    /** Of a check, from its first probe on. */
    Span check() {
        return traces.begin("check");
    }

    /** One gauge a state, 1 where it is the present one. */
    void watch(Vitals vitals) {
        for (EngineState state : EngineState.values()) {
            if (state != EngineState.ABSENT) {
                Gauge.builder("cctvout.engine.state", vitals, v -> v.state() == state ? 1 : 0)
                        .tag("state", state.name())
                        .register(registry);
            }
        }
        Gauge.builder("cctvout.probe.waiting", vitals, EngineMeters::waiting)
                .description("Probes that are due and have no place in their lane yet")
                .register(registry);
    }

    private static double waiting(Vitals vitals) {
        return vitals.lanes().stream().mapToInt(LaneStatus::waiting).sum();
    }

    private Timer took(String kind, String status) {
        return Timer.builder("cctvout.probe.duration")
                .tag("kind", kind)
                .tag("status", status)
                .register(registry);
    }

    /** Probes under way, from the loop's thread. */
    void inFlight(int echoes, int streams) {
        echoesInFlight = echoes;
        streamsInFlight = streams;
    }

    void begun() {
        probes.increment();
    }

    /** An {@link IcmpOutcome} or an {@link HlsResult}. */
    void ended(Object outcome, long tookNanos) {
        Timer timer =
                switch (outcome) {
                    case HlsResult result -> streamTook.get(result.status());
                    case IcmpOutcome.Measured(var result) -> echoTook.get(result.status());
                    default -> echoInconclusive;
                };
        requireNonNull(timer).record(tookNanos, TimeUnit.NANOSECONDS);
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
        return requireNonNull(cameras.get(verdict));
    }

    void confirmed(StatusTransition transition, Duration sinceFirstDeviation) {
        requireNonNull(transitions.get(transition.to())).increment();
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
