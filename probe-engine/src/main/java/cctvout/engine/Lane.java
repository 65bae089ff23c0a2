package cctvout.engine;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import java.util.AbstractQueue;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * A bulkhead: so many checks at a time, the urgent ones first, the others in the order they came. A
 * camera is in a lane once at most, so the queue is bounded by the number of cameras.
 */
final class Lane {

    private final Sinks.Many<Check> intake =
            Sinks.many().unicast().onBackpressureBuffer(new UrgentFirst());
    private final int parallelism;

    Lane(int parallelism) {
        this.parallelism = parallelism;
    }

    /** From one thread only. */
    void enter(Check check) {
        intake.emitNext(check, Sinks.EmitFailureHandler.FAIL_FAST);
    }

    /**
     * Makes the checks; to be subscribed once. What is done comes in the order it was done, on the
     * prober's thread.
     */
    Flux<Check.Done> run(Function<Check, Mono<Check.Done>> prober) {
        return intake.asFlux().flatMap(prober, parallelism, 1);
    }

    /** One thread offers, one polls. */
    private static final class UrgentFirst extends AbstractQueue<Check> {

        private final Queue<Check> urgent = new ConcurrentLinkedQueue<>();
        private final Queue<Check> ordinary = new ConcurrentLinkedQueue<>();

        @Override
        public boolean offer(Check check) {
            return (check.urgent() ? urgent : ordinary).offer(check);
        }

        @Override
        public @Nullable Check poll() {
            Check first = urgent.poll();
            return first != null ? first : ordinary.poll();
        }

        @Override
        public @Nullable Check peek() {
            Check first = urgent.peek();
            return first != null ? first : ordinary.peek();
        }

        @Override
        public boolean isEmpty() {
            return urgent.isEmpty() && ordinary.isEmpty();
        }

        @Override
        public Iterator<Check> iterator() {
            return ordinary.iterator();
        }

        @Override
        public int size() {
            return urgent.size() + ordinary.size();
        }
    }
}
