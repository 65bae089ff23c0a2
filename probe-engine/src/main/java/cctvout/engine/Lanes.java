package cctvout.engine;

import cctvout.icmp.IcmpOutcome;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;
import reactor.util.concurrent.Queues;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Checks on their way: echoes and streams in bulkheads of their own, and of each the cameras that
 * fail apart from those that are well, so that an echo never waits behind streams, nor a well
 * camera behind dead ones. A stream check that takes long moves to a bulkhead for such ones and
 * gives its place back.
 *
 * <p>The loop's thread alone, but for what the probers bring: it waits until the loop takes it in,
 * at the next turn. Nothing wakes a thread for one result.
 */
final class Lanes {

    private static final Logger log = LoggerFactory.getLogger(Lanes.class);

    private final CameraChecker checker;
    private final EngineClock clock;
    private final EngineMeters meters;
    private final Consumer<Check> done;
    private final long deadline;
    private final long slowAfter;
    private final Lane echoes;
    private final Lane failingEchoes;
    private final Lane streams;
    private final Lane failingStreams;
    private final Lane slowStreams;
    private final List<Lane> all;
    private final Control control = new Control();
    private long latest;

    /** Bounded by the lanes: only what is under way can come in. */
    private final Queue<Flight> landed = Queues.<Flight>unboundedMultiproducer().get();

    /**
     * @param done gets each check when the last of its probes is in
     */
    Lanes(
            EngineSettings settings,
            CameraChecker checker,
            EngineClock clock,
            EngineMeters meters,
            Consumer<Check> done) {
        this.checker = checker;
        this.clock = clock;
        this.meters = meters;
        this.done = done;
        this.deadline = settings.checkDeadline().toNanos();
        this.slowAfter = settings.slowAfter().toNanos();
        this.echoes = new Lane("echo-parallelism", settings.echoParallelism());
        this.failingEchoes =
                new Lane("failing-echo-parallelism", settings.failingEchoParallelism());
        this.streams = new Lane("parallelism", settings.parallelism());
        this.failingStreams = new Lane("failing-parallelism", settings.failingParallelism());
        this.slowStreams = new Lane("slow-parallelism", settings.slowParallelism());
        this.all = List.of(echoes, failingEchoes, streams, failingStreams, slowStreams);
    }

    void begin(Check check) {
        Mono<IcmpOutcome> echo = checker.echoes(check);
        var stream = checker.stream(check);
        int probes = (echo == null ? 0 : 1) + (stream == null ? 0 : 1);
        check.expect(Math.max(1, probes));
        if (echo != null) {
            enter(check, check.failing ? failingEchoes : echoes, echo);
        }
        if (stream != null) {
            enter(check, check.failing ? failingStreams : streams, stream);
        }
        if (probes == 0) {
            enter(check, echoes, null);
        }
    }

    /** Somebody waits for it: what of it has not begun goes first. */
    void hurry(Check check) {
        all.forEach(lane -> lane.hurry(check));
    }

    private void enter(Check check, Lane lane, @Nullable Mono<?> probe) {
        lane.enter(new Flight(check, lane, probe, control));
    }

    private final class Control implements Flight.Control {
        @Override
        public void began(Flight flight) {
            meters.begun();
            Check check = flight.check;
            if (!check.hasBegun()) {
                check.span = meters.check().tag("cameraId", check.camera.id());
            }
            if (check.begun(flight.begunAt)) {
                long late = flight.begunAt - check.due;
                latest = Math.max(latest, late);
                meters.late(late, !check.failing);
            }
        }

        @Override
        public void landed(Flight flight) {
            landed.add(flight);
        }

        @Override
        public long now() {
            return clock.nanos();
        }
    }

    /**
     * Takes in what the probers brought, gives up what takes too long.
     *
     * @param until on the loop's clock; what has not been taken in by then waits for the next turn
     */
    void takeIn(long until) {
        long now = clock.nanos();
        for (Flight flight = landed.poll(); flight != null; flight = landed.poll()) {
            land(flight, flight.outcome());
            if (clock.nanos() >= until) {
                break;
            }
        }
        for (Lane lane : all) {
            overdue(lane, now);
        }
        for (Flight slow = streams.begunBy(now - slowAfter);
                slow != null && slowStreams.takeOver(slow);
                slow = streams.begunBy(now - slowAfter)) {}
        meters.inFlight(
                echoes.underWay() + failingEchoes.underWay(),
                streams.underWay() + failingStreams.underWay() + slowStreams.underWay());
    }

    private void overdue(Lane lane, long now) {
        for (Flight late = lane.begunBy(now - deadline);
                late != null;
                late = lane.begunBy(now - deadline)) {
            late.dispose();
            land(late, new TimeoutException("cctvout.probe.check-deadline"));
        }
    }

    private void land(Flight flight, @Nullable Object outcome) {
        if (!flight.lane.leave(flight)) {
            return; // given up before
        }
        if (outcome instanceof Throwable bug) {
            log.error(
                    "A probe of camera {} ended without an outcome", flight.check.camera.id(), bug);
        } else if (outcome != null) {
            meters.ended(outcome, flight.took());
        }
        if (flight.check.take(outcome)) {
            flight.check.endSpan();
            done.accept(flight.check);
        }
    }

    /**
     * By how much a check was late at most since this was asked before, those that wait included.
     */
    long latest(long now) {
        long most = latest;
        latest = 0;
        for (Lane lane : all) {
            most = Math.max(most, now - lane.oldestDue(now));
        }
        return most;
    }

    List<LaneStatus> status() {
        return all.stream().map(Lane::status).toList();
    }

    boolean isEmpty() {
        return all.stream().allMatch(lane -> lane.underWay() == 0);
    }

    void forgetWaiting() {
        all.forEach(Lane::forgetWaiting);
    }

    void clear() {
        all.forEach(Lane::clear);
        landed.clear();
    }
}
