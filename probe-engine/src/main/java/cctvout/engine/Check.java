package cctvout.engine;

import cctvout.camera.Camera;
import cctvout.hls.Edge;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpOutcome;

import org.jspecify.annotations.Nullable;

/**
 * One check of one camera on its way through a lane.
 *
 * @param due when it should have begun, on the loop's clock
 * @param urgent before the ordinary ones: asked for, or settling a doubt
 * @param sharedServer the echo goes to a server that other cameras share
 * @param pauses how often the process had been paused when it was queued
 */
record Check(
        Watched watched,
        Camera camera,
        @Nullable Edge edge,
        long due,
        boolean urgent,
        boolean sharedServer,
        int pauses) {

    /** What it brought. */
    record Done(Check check, Seen seen) {}

    /**
     * What was seen, before anyone judges it; null where it was not looked at.
     *
     * @param broken why nothing seen can be trusted: a prober broke its promise
     */
    record Seen(@Nullable IcmpOutcome icmp, @Nullable HlsResult hls, @Nullable String broken) {
        static final Seen NOTHING = new Seen(null, null, null);

        static Seen echoes(IcmpOutcome outcome) {
            return new Seen(outcome, null, null);
        }

        static Seen stream(HlsResult result) {
            return new Seen(null, result, null);
        }

        static Seen broken(String why) {
            return new Seen(null, null, why);
        }

        Seen and(Seen other) {
            return new Seen(
                    icmp != null ? icmp : other.icmp,
                    hls != null ? hls : other.hls,
                    broken != null ? broken : other.broken);
        }
    }
}
