package cctvout.hls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class LanesTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final Lanes lanes = new Lanes("per-host", 2, 3, Duration.ofSeconds(5));

    private Lanes.Ticket held(String key) {
        Lanes.Ticket ticket = lanes.ticket(key);
        StepVerifier.create(ticket.granted(false)).expectComplete().verify(LIMIT);
        return ticket;
    }

    @Test
    void othersWaitUntilAPlaceIsGivenBackInTheirOrder() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(3);
        Lanes.Ticket one = held("h");
        Lanes.Ticket two = held("h");
        waitsAs("first", false, order, done);
        waitsAs("second", false, order, done);
        waitsAs("half done", true, order, done);

        assertThat(order).isEmpty();
        one.release();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(order).containsExactly("half done", "first", "second");
        two.release();
        assertThat(lanes.size()).isZero();
    }

    private void waitsAs(String name, boolean ahead, List<String> order, CountDownLatch done) {
        Lanes.Ticket ticket = lanes.ticket("h");
        ticket.granted(ahead)
                .doOnTerminate(() -> order.add(name))
                .doFinally(
                        _ -> {
                            ticket.release();
                            done.countDown();
                        })
                .subscribe();
    }

    @Test
    void keysDoNotWaitForEachOther() {
        Lanes.Ticket a = held("a");
        Lanes.Ticket b = held("a");
        Lanes.Ticket c = held("b");

        assertThat(lanes.size()).isEqualTo(2);
        List.of(a, b, c).forEach(Lanes.Ticket::release);
        assertThat(lanes.size()).isZero();
    }

    @Test
    void fullQueueIsOverloadThatNamesTheLimit() {
        held("h");
        held("h");
        for (int i = 0; i < 3; i++) {
            lanes.ticket("h").granted(false);
        }

        StepVerifier.create(lanes.ticket("h").granted(false))
                .expectErrorSatisfies(
                        error ->
                                assertThat(error)
                                        .isInstanceOfSatisfying(
                                                StreamFault.class,
                                                fault ->
                                                        assertThat(fault.reason())
                                                                .isEqualTo(
                                                                        HlsReason.PROBER_OVERLOAD))
                                        .hasMessageContaining("cctvout.probe.hls.queue: 3"))
                .verify(LIMIT);
    }

    @Test
    void whoWaitedTooLongIsToldAndLeavesTheQueue() {
        Lanes impatient = new Lanes("per-host", 1, 3, Duration.ofMillis(50));
        Lanes.Ticket first = impatient.ticket("h");
        first.granted(false);
        Lanes.Ticket second = impatient.ticket("h");

        StepVerifier.create(second.granted(false))
                .expectErrorMessage(
                        "cctvout.probe.hls.queue-timeout: waited 50 ms for h (per-host=1)")
                .verify(LIMIT);
        second.release();
        first.release();
        assertThat(impatient.size()).isZero();
    }

    @Test
    void releaseTwiceGivesOnePlaceBack() {
        Lanes.Ticket one = held("h");
        held("h");
        one.release();
        one.release();
        held("h");

        StepVerifier.create(lanes.ticket("h").granted(false).timeout(Duration.ofMillis(50)))
                .expectError(java.util.concurrent.TimeoutException.class)
                .verify(LIMIT);
    }

    @Test
    void neverMoreThanTheLimitAndNothingIsLeftBehind() {
        Lanes busy = new Lanes("per-host", 8, 100_000, LIMIT);
        AtomicInteger at = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Flux<Long> work =
                Flux.range(0, 20_000)
                        .flatMap(
                                i ->
                                        Mono.defer(() -> task(busy, at, most, i % 7 == 0))
                                                .subscribeOn(Schedulers.parallel()),
                                1000);

        StepVerifier.create(work.then()).expectComplete().verify(Duration.ofSeconds(30));
        assertThat(most.get()).isBetween(1, 8);
        assertThat(busy.size()).isZero();
    }

    private static Mono<Long> task(Lanes lanes, AtomicInteger at, AtomicInteger most, boolean cut) {
        Lanes.Ticket ticket = lanes.ticket("h");
        Mono<Long> work =
                ticket.granted(cut)
                        .then(
                                Mono.fromCallable(
                                        () -> {
                                            most.accumulateAndGet(at.incrementAndGet(), Math::max);
                                            return (long) at.decrementAndGet();
                                        }))
                        .doFinally(_ -> ticket.release());
        return cut ? work.timeout(Duration.ofMillis(1), Mono.empty()) : work;
    }
}
