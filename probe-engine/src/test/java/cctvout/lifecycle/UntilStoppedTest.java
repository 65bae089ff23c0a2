package cctvout.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

class UntilStoppedTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();

    @Test
    void whatWasBegunEndsBeforeItIsStopped() {
        Sinks.Empty<Void> begun = Sinks.empty();
        var life = life(LONG, begun.asMono());
        life.start();
        life.stop(() -> stopped.complete(null));

        assertThat(stopped).isNotDone();
        assertThat(life.isRunning()).isFalse();
        begun.tryEmitEmpty();

        assertThat(stopped).isDone();
        assertThat(cancelled).isFalse();
    }

    @Test
    void whatDoesNotEndIsCancelledAfterItsPatience() throws Exception {
        var life = life(Duration.ofMillis(20), Mono.never());
        life.start();
        life.stop(() -> stopped.complete(null));

        stopped.get(60, TimeUnit.SECONDS);
        assertThat(cancelled).isTrue();
    }

    @Test
    void stoppedAtOnceItIsCancelled() {
        var life = life(LONG, Mono.never());
        life.start();
        assertThat(life.isRunning()).isTrue();
        life.stop();

        assertThat(life.isRunning()).isFalse();
        assertThat(cancelled).isTrue();
    }

    @Test
    void whatBrokeIsAliveNoMoreUntilItIsStartedAgain() {
        var life =
                new UntilStopped("test", LONG, _ -> Mono.error(new IllegalStateException("a bug")));
        assertThat(life.beats()).isNotEqualTo(life.beats());
        life.start();
        assertThat(life.beats()).isEqualTo(life.beats());
        life.stop();
        assertThat(life.beats()).isNotEqualTo(life.beats());
    }

    @Test
    void whatBrokeKeepsNobodyWaiting() {
        var life =
                new UntilStopped("test", LONG, _ -> Mono.error(new IllegalStateException("bug")));
        life.start();
        life.stop(() -> stopped.complete(null));

        assertThat(stopped).isDone();
    }

    @Test
    void whatNeverStartedKeepsNobodyWaiting() {
        life(LONG, Mono.never()).stop(() -> stopped.complete(null));

        assertThat(stopped).isDone();
    }

    @Test
    void itGoesOnAfterASecondStart() {
        var starts = new AtomicInteger();
        var life =
                new UntilStopped(
                        "test",
                        LONG,
                        stopping -> stopping.signal().doOnSubscribe(_ -> starts.incrementAndGet()));
        life.start();
        life.stop(() -> {});
        life.start();

        assertThat(starts).hasValue(2);
        assertThat(life.isRunning()).isTrue();
        life.stop(() -> stopped.complete(null));
        assertThat(stopped).isDone();
    }

    /** Ends with {@code begun}, once it was asked to. */
    private UntilStopped life(Duration patience, Mono<Void> begun) {
        return new UntilStopped(
                "test",
                patience,
                stopping -> stopping.signal().then(begun).doOnCancel(() -> cancelled.set(true)));
    }
}
