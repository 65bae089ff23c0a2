package cctvout.watchdog;

import cctvout.engine.EngineCause;
import cctvout.engine.EngineState;
import cctvout.engine.EngineStatus;
import cctvout.notification.AlarmCause;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** Watches the engine of its own process, if there is one. Not thread-safe. */
final class EngineWitness {

    /** This process, told apart from others on this and other machines. */
    static final String NODE =
            System.getenv().getOrDefault("HOSTNAME", "local") + "/" + ProcessHandle.current().pid();

    private final String node;
    private Instant lastProbe;

    EngineWitness(String node, Instant now) {
        this.node = node;
        this.lastProbe = now;
    }

    /** Null where this process does not probe. */
    @Nullable EngineReport report(EngineStatus engine, Instant now) {
        if (engine.cameras() == 0 || engine.probesPerSecond() > 0 || isAwaiting(engine, now)) {
            lastProbe = now;
        }
        return engine.state() == EngineState.ABSENT
                ? null
                : new EngineReport(
                        node, now, engine.state(), cause(engine), engine.cameras(), lastProbe);
    }

    private static AlarmCause cause(EngineStatus engine) {
        EngineCause cause = engine.cause();
        return cause == null ? AlarmCause.unworded(engine.explanation()) : AlarmCause.of(cause);
    }

    /** Cameras of long intervals leave it nothing to do for hours; what is due is done. */
    private static boolean isAwaiting(EngineStatus engine, Instant now) {
        Instant nextDue = engine.nextDue();
        return nextDue != null && nextDue.isAfter(now);
    }
}
