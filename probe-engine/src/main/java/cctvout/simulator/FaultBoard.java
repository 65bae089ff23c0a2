package cctvout.simulator;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is wrong with whom at this moment: what the scenario says, and what was set by hand, which
 * counts first. Any thread.
 */
public final class FaultBoard {

    private final Fleet fleet;
    private final Clock clock;
    private final Timeline timeline;
    private final long startMs;
    private final Map<Integer, Condition> camerasByHand = new ConcurrentHashMap<>();
    private final Map<Integer, Condition> serversByHand = new ConcurrentHashMap<>();

    /**
     * The scenario is played from now on.
     *
     * @throws IllegalArgumentException where it names who is not in the fleet
     */
    public FaultBoard(Fleet fleet, Scenario scenario, Clock clock) {
        this.fleet = fleet;
        this.clock = clock;
        this.timeline = new Timeline(scenario, fleet);
        this.startMs = clock.millis();
    }

    /** Begins a fault now; it lasts until {@link #recover}. */
    public void set(Target target, Fault fault) {
        var now = new Condition(fault, clock.millis());
        Targets reached = Targets.of(target, fleet);
        reached.cameras().forEach(number -> camerasByHand.put(number, now));
        reached.servers().forEach(server -> serversByHand.put(server, now));
    }

    /** Ends what was set by hand. */
    public void recover(Target target) {
        Targets reached = Targets.of(target, fleet);
        reached.cameras().forEach(camerasByHand::remove);
        reached.servers().forEach(serversByHand::remove);
    }

    /** The camera's own trouble, that of its line included; null where it is well. */
    public @Nullable Fault fault(int camera) {
        Condition condition = camera(camera);
        return condition == null ? null : condition.fault();
    }

    /** What a request for this camera's stream meets: first the media server's trouble. */
    @Nullable Condition stream(SimulatedCamera camera) {
        if (camera.host() == camera.device()) {
            return camera(camera.number());
        }
        Condition server = server(camera.host());
        if (server != null) {
            return server;
        }
        Condition own = camera(camera.number());
        return own != null && own.fault() == Fault.CUT
                ? new Condition(Fault.ENCODER_LOST, own.sinceMs())
                : own;
    }

    /** What packets to this address meet; null where it is well, or none of ours. */
    @Nullable Condition address(int address) {
        SimulatedCamera camera = fleet.device(address);
        return camera == null ? server(address) : camera(camera.number());
    }

    private @Nullable Condition camera(int number) {
        Condition byHand = camerasByHand.get(number);
        return byHand != null ? byHand : timeline.camera(number, startMs, clock.millis());
    }

    private @Nullable Condition server(int address) {
        Condition byHand = serversByHand.get(address);
        return byHand != null ? byHand : timeline.server(address, startMs, clock.millis());
    }
}
