package cctvout.status;

import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpOutcome;

import org.jspecify.annotations.Nullable;

/**
 * All that one check of a camera has brought.
 *
 * @param icmp null where no echo was wanted or could be sent
 * @param hls null where no stream check was wanted
 * @param targetIsServer the echo's target was taken from an HLS host that several cameras share
 * @param host how that host's cameras just did
 * @param blind why the engine trusts nothing it sees at present; null where it does
 */
public record Observation(
        @Nullable IcmpOutcome icmp,
        @Nullable HlsResult hls,
        boolean targetIsServer,
        HostTally host,
        @Nullable String blind) {

    /** A camera seen by itself, as {@code check} does. */
    public static Observation alone(@Nullable IcmpOutcome icmp, @Nullable HlsResult hls) {
        return new Observation(icmp, hls, false, HostTally.ALONE, null);
    }

    public StatusTransition.Evidence evidence() {
        return new StatusTransition.Evidence(
                icmp instanceof IcmpOutcome.Measured(var result) ? result : null, hls);
    }
}
