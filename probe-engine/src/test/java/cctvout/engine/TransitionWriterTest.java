package cctvout.engine;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.camera.CameraId;
import cctvout.cluster.Claim;
import cctvout.status.CameraState;
import cctvout.status.CameraStatus;
import cctvout.status.StatusTransition;
import cctvout.status.StatusTransition.Evidence;
import cctvout.status.TransitionLog;
import cctvout.status.Verdict;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The log refuses one camera's transitions for good; nothing else may wait for it. */
class TransitionWriterTest implements TransitionLog {

    private static final CameraId POISON = new CameraId("poison");

    private final List<StatusTransition> log = new ArrayList<>();

    private static StatusTransition of(CameraId id) {
        return new StatusTransition(
                0,
                id,
                Verdict.HEALTHY,
                Verdict.LINE_FAULT,
                "ICMP_TIMEOUT",
                Evidence.NONE,
                Instant.EPOCH);
    }

    @Test
    void aTransitionThatIsNeverTakenAndACameraThatCannotBeReadAgainEndNothing() {
        var writer =
                new TransitionWriter(
                        this, 10, _ -> Mono.error(new IllegalStateException("database away")));
        Disposable running = writer.start();
        writer.offer(of(POISON), Claim.ALONE);
        writer.offer(of(new CameraId("c")), Claim.ALONE);
        assertThat(log).extracting(StatusTransition::cameraId).containsExactly(new CameraId("c"));
        assertThat(writer.waiting()).isZero();
        assertThat(running.isDisposed()).isFalse();
        running.dispose();
    }

    @Override
    public Mono<List<StatusTransition>> append(List<StatusTransition> transitions) {
        return Mono.defer(
                () -> {
                    if (transitions.stream().anyMatch(one -> one.cameraId().equals(POISON))) {
                        return Mono.error(new DataIntegrityViolationException("poison"));
                    }
                    log.addAll(transitions);
                    return Mono.just(transitions);
                });
    }

    @Override
    public Mono<List<StatusTransition>> read(long after, int limit) {
        return Mono.just(List.of());
    }

    @Override
    public Mono<List<StatusTransition>> ofCamera(CameraId id, long before, int limit) {
        return Mono.just(List.of());
    }

    @Override
    public Flux<CameraState> verdicts(Collection<CameraId> ids) {
        return Flux.empty();
    }

    @Override
    public Mono<CameraStatus> current(CameraId id) {
        return Mono.empty();
    }
}
