package cctvout.watchdog;

import cctvout.engine.EngineState;

import java.time.Instant;

/**
 * How a process that probes does, by its own word.
 *
 * @param node which process
 * @param cameras that it probes
 * @param lastProbeAt when it was seen to probe last, or to have nothing to probe
 */
record EngineReport(
        String node,
        Instant reportedAt,
        EngineState state,
        String explanation,
        int cameras,
        Instant lastProbeAt) {}
