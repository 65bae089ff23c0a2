package cctvout.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

class TailTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration OFTEN = Duration.ofMillis(30);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final int PAGE = 10;

    private final AtomicLong last = new AtomicLong();
    private final AtomicInteger reads = new AtomicInteger();

    @Test
    void readsPageAfterPageWithoutAHint() {
        last.set(105);
        StepVerifier.create(tail(Flux.never(), NEVER, this::page).after(3))
                .expectNextSequence(LongStream.rangeClosed(4, 105).boxed().toList())
                .thenCancel()
                .verify(LONG);
        assertThat(reads).hasValue(11);
    }

    @Test
    void aFullLastPageIsFollowedByOneMoreLook() {
        last.set(20);
        StepVerifier.create(tail(Flux.never(), NEVER, this::page).after(0))
                .expectNextCount(20)
                .expectNoEvent(Duration.ofMillis(100))
                .thenCancel()
                .verify(LONG);
        assertThat(reads).hasValue(3);
    }

    @Test
    void lostHintsAreMadeUpForByLookingNowAndThen() {
        StepVerifier.create(tail(Flux.never(), OFTEN, this::page).after(0))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(100))
                .then(() -> last.set(2))
                .expectNext(1L, 2L)
                .thenCancel()
                .verify(LONG);
    }

    @Test
    void aHintIsEnough() {
        Sinks.Many<String> hints = Sinks.many().multicast().directBestEffort();
        StepVerifier.create(tail(hints.asFlux(), NEVER, this::page).after(0))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(100))
                .then(() -> last.set(1))
                .then(() -> hints.tryEmitNext(""))
                .expectNext(1L)
                .thenCancel()
                .verify(LONG);
    }

    @Test
    void aHintThatComesWhileItReadsIsNotLost() {
        Sinks.Many<String> hints = Sinks.many().multicast().directBestEffort();
        Sinks.One<List<Long>> first = Sinks.one();
        LongFunction<Mono<List<Long>>> read =
                after -> reads.incrementAndGet() == 1 ? first.asMono() : page(after);
        StepVerifier.create(tail(hints.asFlux(), NEVER, read).after(0))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(100))
                .then(() -> last.set(1))
                .then(() -> hints.tryEmitNext("written, and the first read did not see it"))
                .then(() -> first.tryEmitValue(List.of()))
                .expectNext(1L)
                .thenCancel()
                .verify(LONG);
    }

    @Test
    void afterAFailureItReadsOnWhereItWas() {
        last.set(25);
        LongFunction<Mono<List<Long>>> read =
                after ->
                        after == 10 && reads.get() < 4
                                ? Mono.error(
                                        new IllegalStateException(
                                                "away " + reads.incrementAndGet()))
                                : page(after);
        StepVerifier.create(tail(Flux.never(), OFTEN, read).after(0))
                .expectNextSequence(LongStream.rangeClosed(1, 25).boxed().toList())
                .thenCancel()
                .verify(LONG);
    }

    @Test
    void aReaderThatDoesNotReadHoldsAFewPagesAtMost() {
        last.set(1_000);
        StepVerifier.create(tail(Flux.never(), OFTEN, this::page).after(0), 1)
                .expectNext(1L)
                .expectNoEvent(Duration.ofMillis(200))
                .then(() -> assertThat(reads).hasValueLessThan(6))
                .thenRequest(999)
                .expectNextSequence(LongStream.rangeClosed(2, 1_000).boxed().toList())
                .thenCancel()
                .verify(LONG);
    }

    private Tail<Long> tail(Flux<?> hints, Duration poll, LongFunction<Mono<List<Long>>> read) {
        return new Tail<>("the test", hints, poll, PAGE, read, number -> number);
    }

    private Mono<List<Long>> page(long after) {
        return Mono.fromSupplier(
                () -> {
                    reads.incrementAndGet();
                    long end = Math.min(after + PAGE, last.get());
                    return LongStream.rangeClosed(after + 1, end).boxed().toList();
                });
    }
}
