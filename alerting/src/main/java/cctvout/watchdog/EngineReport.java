package cctvout.watchdog;

import cctvout.engine.EngineState;
import cctvout.notification.AlarmCause;

import java.time.Instant;

/**
 * How a process that probes does, by its own word.
 *
 * @param node which process
 * @param cause why it is in that state
 * @param cameras that it probes
 * @param lastProbeAt when it was seen to probe last, or to have nothing to probe
 */
record EngineReport(
        String node,
        Instant reportedAt,
        EngineState state,
        AlarmCause cause,
        int cameras,
        Instant lastProbeAt) {}
