package cctvout.engine;

import cctvout.camera.CameraChange;
import cctvout.camera.CameraId;
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

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * All that the engine needs, answered at once and well: for speed, and where real probers take its
 * place.
 */
final class AtOnce extends UnaskedStore implements IcmpProber, HlsProber {

    final Sinks.Many<CameraChange> changes = Sinks.many().unicast().onBackpressureBuffer();
    final LongAdder checks = new LongAdder();
    final Queue<StatusTransition> log = new ConcurrentLinkedQueue<>();
    private volatile Consumer<CameraStatus> listener = _ -> {};

    /** Hears of every check from now on, on the loop's thread. */
    void listen(Consumer<CameraStatus> other) {
        listener = other;
    }

    @Override
    public Mono<IcmpOutcome> probe(String host) {
        return Mono.fromSupplier(
                () ->
                        new IcmpOutcome.Measured(
                                new IcmpResult(
                                        IcmpStatus.SUCCESS,
                                        "OK",
                                        4,
                                        4,
                                        0.1,
                                        0.2,
                                        0.3,
                                        Instant.EPOCH)));
    }

    @Override
    public Mono<HlsResult> probe(String url, @Nullable Edge before) {
        return Mono.fromSupplier(
                () ->
                        new HlsResult(
                                HlsReason.OK.status(),
                                HlsReason.OK,
                                200,
                                17L,
                                6.0,
                                4L,
                                null,
                                List.of(),
                                null,
                                null,
                                Instant.EPOCH));
    }

    @Override
    public Mode mode() {
        return Mode.DGRAM;
    }

    @Override
    public String explanation() {
        return "at once";
    }

    @Override
    public void record(CameraStatus status) {
        checks.increment();
        listener.accept(status);
    }

    @Override
    public Flux<CameraChange> changes(long afterRevision) {
        return changes.asFlux();
    }

    @Override
    public Mono<List<StatusTransition>> append(List<StatusTransition> transitions) {
        return Mono.fromSupplier(
                () -> {
                    log.addAll(transitions);
                    return transitions;
                });
    }

    @Override
    public Flux<CameraState> verdicts(Collection<CameraId> ids) {
        return Flux.empty();
    }
}
