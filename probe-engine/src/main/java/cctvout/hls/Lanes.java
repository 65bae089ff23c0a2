package cctvout.hls;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * At most so many at a time for each key; the rest waits in order of arrival, up to a limit. A key
 * that nobody uses takes no memory.
 */
final class Lanes {

    private final String group;
    private final String parallelSetting;
    private final int parallel;
    private final int queue;
    private final Duration patience;

    /** Guarded by itself; nothing is signalled while it is held. */
    private final Map<String, Lane> lanes = new HashMap<>();

    /**
     * @param parallelSetting its name below cctvout.probe.hls, for errors; "queue" is beside it
     */
    Lanes(String parallelSetting, int parallel, int queue, Duration patience) {
        this.group = parallelSetting.substring(0, parallelSetting.indexOf('.') + 1);
        this.parallelSetting = parallelSetting;
        this.parallel = parallel;
        this.queue = queue;
        this.patience = patience;
    }

    private static final class Lane {
        int held;
        final Deque<Ticket> waiting = new ArrayDeque<>();
    }

    private enum State {
        NEW,
        WAITING,
        HELD,
        RETURNED
    }

    /** A place in a lane, once it is granted; for one use. Must be released, granted or not. */
    final class Ticket {
        final String key;
        private State state = State.NEW;
        private Sinks.@Nullable One<Boolean> sink;

        private Ticket(String key) {
            this.key = key;
        }

        /**
         * Empty as soon as the place is granted, at once or on a parallel thread; errors with
         * {@link HlsReason#PROBER_OVERLOAD}.
         *
         * @param ahead of those that wait: for a check that is half done
         */
        Mono<Boolean> granted(boolean ahead) {
            Sinks.One<Boolean> awaited;
            synchronized (lanes) {
                Lane lane = lanes.computeIfAbsent(key, _ -> new Lane());
                if (lane.held < parallel) {
                    lane.held++;
                    state = State.HELD;
                    return Mono.empty();
                }
                if (lane.waiting.size() >= queue) {
                    state = State.RETURNED;
                    return Mono.error(
                            overload(
                                    group
                                            + "queue: "
                                            + queue
                                            + " wait for "
                                            + name()
                                            + " already"));
                }
                awaited = Sinks.one();
                sink = awaited;
                state = State.WAITING;
                if (ahead) {
                    lane.waiting.addFirst(this);
                } else {
                    lane.waiting.addLast(this);
                }
            }
            // a thread of its own: one release must not run all the checks behind it on its stack
            return awaited.asMono()
                    .publishOn(Schedulers.parallel())
                    .timeout(
                            patience,
                            Mono.error(
                                    () ->
                                            overload(
                                                    "queue-timeout: waited "
                                                            + patience.toMillis()
                                                            + " ms for "
                                                            + name())));
        }

        void release() {
            Ticket next = null;
            synchronized (lanes) {
                Lane lane = lanes.get(key);
                if (lane == null || state == State.RETURNED || state == State.NEW) {
                    state = State.RETURNED;
                    return;
                }
                if (state == State.WAITING) {
                    lane.waiting.remove(this);
                } else {
                    next = lane.waiting.pollFirst();
                    if (next == null) {
                        lane.held--;
                    } else {
                        next.state = State.HELD;
                    }
                }
                state = State.RETURNED;
                if (lane.held == 0 && lane.waiting.isEmpty()) {
                    lanes.remove(key);
                }
            }
            if (next != null && next.sink != null) {
                next.sink.tryEmitEmpty();
            }
        }

        private String name() {
            return key.isEmpty()
                    ? parallelSetting + "=" + parallel
                    : key + " (" + parallelSetting + "=" + parallel + ")";
        }
    }

    Ticket ticket(String key) {
        return new Ticket(key);
    }

    /** Keys in use, for tests. */
    int size() {
        synchronized (lanes) {
            return lanes.size();
        }
    }

    private static StreamFault overload(String limit) {
        return new StreamFault(HlsReason.PROBER_OVERLOAD, "cctvout.probe.hls." + limit);
    }
}
