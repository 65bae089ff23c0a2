package cctvout.engine;

import cctvout.camera.CameraId;
import cctvout.cluster.Claim;
import cctvout.status.StatusTransition;
import cctvout.status.TransitionLog;
import cctvout.status.TransitionLog.Claimed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Takes confirmed transitions to the log, in order, as they come: one at once where it is idle, in
 * batches where it is not. While the database is away they wait, bounded, and are written on its
 * return.
 */
final class TransitionWriter {

    private static final Logger log = LoggerFactory.getLogger(TransitionWriter.class);

    private static final int BATCH = 1000;
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final TransitionLog transitions;
    private final int limit;
    private final Function<StatusTransition, Mono<Void>> refused;
    private final Deque<Claimed> waiting = new ArrayDeque<>();
    private final Sinks.Many<Boolean> wakeUp = Sinks.many().multicast().directBestEffort();
    private boolean writing;
    private volatile boolean ended;

    /**
     * @param limit of the transitions that wait, {@code cctvout.probe.transition-buffer}
     * @param refused told of each that the log did not take, because the camera's stored verdict is
     *     another one
     */
    TransitionWriter(
            TransitionLog transitions, int limit, Function<StatusTransition, Mono<Void>> refused) {
        this.transitions = transitions;
        this.limit = limit;
        this.refused = refused;
    }

    Disposable start() {
        ended = false;
        return wakeUp.asFlux()
                .onBackpressureLatest()
                .concatMap(_ -> writeAll(), 1)
                .subscribe(
                        _ -> {},
                        bug -> {
                            ended = true;
                            log.error("The transition writer has ended: it must never", bug);
                        });
    }

    /** By a bug. */
    boolean hasEnded() {
        return ended;
    }

    /** False where so many wait already that it could not be kept. */
    boolean offer(StatusTransition transition, Claim claim) {
        synchronized (waiting) {
            if (waiting.size() >= limit) {
                return false;
            }
            waiting.add(new Claimed(transition, claim));
        }
        wakeUp.tryEmitNext(true);
        return true;
    }

    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    /** Completes when nothing waits any more, or after 5 s. */
    Mono<Void> flushed() {
        return Flux.interval(Duration.ZERO, Duration.ofMillis(20))
                .onBackpressureDrop()
                .takeUntil(_ -> idle())
                .then()
                .timeout(STOP_WITHIN)
                .onErrorResume(
                        _ -> {
                            log.warn(
                                    "Stopped with {} transitions unwritten: they are found again",
                                    waiting());
                            return Mono.empty();
                        });
    }

    private boolean idle() {
        synchronized (waiting) {
            return waiting.isEmpty() && !writing;
        }
    }

    private Mono<Void> writeAll() {
        return Mono.defer(this::writeBatch).repeat(() -> waiting() > 0).then();
    }

    private Mono<Void> writeBatch() {
        List<Claimed> batch = take();
        if (batch.isEmpty()) {
            return Mono.empty();
        }
        return write(batch).doFinally(_ -> done());
    }

    private Mono<Void> write(List<Claimed> batch) {
        return transitions
                .appendClaimed(batch)
                .retryWhen(
                        Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(100))
                                .maxBackoff(Duration.ofSeconds(3))
                                .filter(
                                        error ->
                                                !(error instanceof DataIntegrityViolationException))
                                .doBeforeRetry(retry -> away(batch, retry)))
                .flatMap(stored -> tellRefused(batch, stored))
                .onErrorResume(poison -> singly(batch, poison));
    }

    /** One that the database will never take must not hold up the others. */
    private Mono<Void> singly(List<Claimed> batch, Throwable poison) {
        if (batch.size() == 1) {
            log.error("The log cannot take {}", batch.getFirst(), poison);
            return tell(List.of(batch.getFirst().transition()));
        }
        return Flux.fromIterable(batch).concatMap(one -> write(List.of(one))).then();
    }

    private void away(List<Claimed> batch, Retry.RetrySignal retry) {
        if (retry.totalRetries() % 10 == 0) {
            log.warn(
                    "{} transitions wait for the database (try {}): {}",
                    batch.size() + waiting(),
                    retry.totalRetries() + 1,
                    retry.failure().getMessage());
        }
    }

    private Mono<Void> tellRefused(List<Claimed> batch, List<StatusTransition> stored) {
        if (stored.size() == batch.size()) {
            return Mono.empty();
        }
        List<StatusTransition> left = new ArrayList<>();
        batch.forEach(claimed -> left.add(claimed.transition()));
        for (StatusTransition taken : stored) {
            left.remove(taken.numbered(0));
        }
        return tell(left);
    }

    /** Never an error: who is not told now finds out at the next refusal. */
    private Mono<Void> tell(List<StatusTransition> left) {
        return Flux.fromIterable(left)
                .concatMap(refused)
                .onErrorResume(
                        error ->
                                Mono.fromRunnable(
                                        () ->
                                                log.warn(
                                                        "A refused transition's camera was not read again",
                                                        error)))
                .then();
    }

    /** Each camera once: its next transition starts from what this one leaves. */
    private List<Claimed> take() {
        synchronized (waiting) {
            Set<CameraId> cameras = new HashSet<>();
            List<Claimed> batch = new ArrayList<>(Math.min(BATCH, waiting.size()));
            while (batch.size() < BATCH
                    && !waiting.isEmpty()
                    && cameras.add(waiting.element().transition().cameraId())) {
                batch.add(waiting.remove());
            }
            writing = !batch.isEmpty();
            return batch;
        }
    }

    private void done() {
        synchronized (waiting) {
            writing = false;
        }
    }
}
