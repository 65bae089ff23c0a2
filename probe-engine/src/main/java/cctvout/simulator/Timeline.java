package cctvout.simulator;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A scenario laid out over a fleet: for each camera and media server its spans of trouble, so that
 * the state of any moment is looked up and no timer is needed.
 */
final class Timeline {

    /** Spans in all, whatever the steps and cameras: a bound of memory. */
    static final int MAX_SPANS = 2_000_000;

    private record Span(long fromMs, long toMs, Fault fault) {}

    private final Map<Integer, List<Span>> cameras = new HashMap<>();
    private final Map<Integer, List<Span>> servers = new HashMap<>();
    private final long periodMs;
    private int spans;

    /**
     * @throws IllegalArgumentException where a target is not in the fleet, or past {@link
     *     #MAX_SPANS}
     */
    Timeline(Scenario scenario, Fleet fleet) {
        Duration period = scenario.period();
        this.periodMs = period == null ? Long.MAX_VALUE : period.toMillis();
        for (Scenario.Step step : scenario.steps()) {
            Targets reached = Targets.of(step.target(), fleet);
            reached.cameras().forEach(number -> add(cameras, number, step));
            reached.servers().forEach(server -> add(servers, server, step));
        }
    }

    @Nullable Condition camera(int number, long startMs, long nowMs) {
        return at(cameras.get(number), startMs, nowMs);
    }

    @Nullable Condition server(int address, long startMs, long nowMs) {
        return at(servers.get(address), startMs, nowMs);
    }

    private void add(Map<Integer, List<Span>> all, int key, Scenario.Step step) {
        List<Span> own = all.computeIfAbsent(key, _ -> new ArrayList<>(2));
        long at = step.at().toMillis();
        if (!own.isEmpty() && own.getLast().toMs > at) {
            Span cut = own.removeLast();
            own.add(new Span(cut.fromMs, at, cut.fault));
        }
        Fault fault = step.fault();
        if (fault == null || at >= periodMs) {
            return;
        }
        if (++spans > MAX_SPANS) {
            throw new IllegalArgumentException(
                    "scenario: more than " + MAX_SPANS + " faults (steps times cameras)");
        }
        Duration length = step.length();
        long to = length == null ? Long.MAX_VALUE : at + length.toMillis();
        own.add(new Span(at, to, fault));
    }

    private @Nullable Condition at(@Nullable List<Span> own, long startMs, long nowMs) {
        if (own == null || nowMs < startMs) {
            return null;
        }
        long elapsed = (nowMs - startMs) % periodMs;
        int low = 0;
        int high = own.size();
        while (low < high) { // the first that begins later
            int middle = (low + high) >>> 1;
            if (own.get(middle).fromMs <= elapsed) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0 || own.get(low - 1).toMs <= elapsed) {
            return null;
        }
        Span span = own.get(low - 1);
        return new Condition(span.fault, nowMs - (elapsed - span.fromMs));
    }
}
