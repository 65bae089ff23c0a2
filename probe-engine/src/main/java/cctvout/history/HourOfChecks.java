package cctvout.history;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What was measured of one camera in one hour.
 *
 * @param hour its beginning
 * @param good checks in which all that was measured was well
 * @param icmpChecks echo trains, of them lossy, silent, refused
 * @param sent echoes
 * @param rttAvgMs milliseconds, of all echoes answered; null where none was
 * @param hlsChecks stream checks, of them failed, without a usable answer
 */
public record HourOfChecks(
        Instant hour,
        int checks,
        int good,
        int icmpChecks,
        int icmpLoss,
        int icmpTimeout,
        int icmpFail,
        int sent,
        int received,
        @Nullable Double rttAvgMs,
        @Nullable Double rttMaxMs,
        int hlsChecks,
        int hlsFail,
        int hlsError,
        @Nullable Double hlsLatencyAvgMs,
        @Nullable Integer hlsLatencyMaxMs) {}
