package cctvout.engine;

import com.fasterxml.jackson.annotation.JsonIgnore;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * How the engine does, as {@code /api/status} shows it.
 *
 * @param probesPerSecond over the last 10 s, ICMP trains and stream checks counted singly
 * @param latenessP99Ms from due to begun, milliseconds, over the last minute, of cameras that are
 *     well
 * @param icmp {@code dgram}, {@code raw} or {@code unavailable}
 * @param icmpHelp what to do where it is unavailable; else empty
 * @param inconclusive checks so far whose result said nothing of the camera
 * @param cameras that this engine probes
 * @param explanation of the state, a plain sentence
 * @param cause of the state, where the sentence has a code; else null
 * @param lanes how full each bulkhead is, as of the last second
 * @param nextDue when the next check is due, in the past where that is late; null where none is
 */
public record EngineStatus(
        double probesPerSecond,
        double latenessP99Ms,
        String icmp,
        String icmpHelp,
        long inconclusive,
        int cameras,
        EngineState state,
        String explanation,
        @JsonIgnore @Nullable EngineCause cause,
        List<LaneStatus> lanes,
        @JsonIgnore @Nullable Instant nextDue) {

    /** Of a process that does not probe. */
    public static EngineStatus absent(String explanation) {
        return new EngineStatus(
                0,
                0,
                "unavailable",
                explanation,
                0,
                0,
                EngineState.ABSENT,
                explanation,
                null,
                List.of(),
                null);
    }
}
