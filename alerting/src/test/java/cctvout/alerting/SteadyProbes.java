package cctvout.alerting;

import cctvout.camera.CameraId;
import cctvout.engine.EngineStatus;
import cctvout.engine.ProbeEngine;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.status.CameraStatus;
import cctvout.status.Verdict;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that probes, and always finds the same. */
final class SteadyProbes implements ProbeEngine {

    final AtomicInteger checks = new AtomicInteger();
    private final Instant now = Instant.now();
    private final Verdict verdict;

    SteadyProbes(Verdict verdict) {
        this.verdict = verdict;
    }

    @Override
    public Mono<CameraStatus> check(CameraId id) {
        return Mono.fromCallable(
                () -> {
                    checks.incrementAndGet();
                    String reason = verdict == Verdict.HEALTHY ? "OK" : "ICMP_TIMEOUT";
                    return new CameraStatus(id, verdict, reason, now, icmp(), null);
                });
    }

    private IcmpResult icmp() {
        return verdict == Verdict.HEALTHY
                ? new IcmpResult(IcmpStatus.SUCCESS, "OK", 4, 4, 1.0, 1.0, 1.0, now)
                : new IcmpResult(IcmpStatus.TIMEOUT, "TIMEOUT", 4, 0, null, null, null, now);
    }

    @Override
    public Optional<CameraStatus> status(CameraId id) {
        return Optional.empty();
    }

    @Override
    public Flux<CameraStatus> results() {
        return Flux.never();
    }

    @Override
    public EngineStatus status() {
        return EngineStatus.absent("a stand-in");
    }
}
