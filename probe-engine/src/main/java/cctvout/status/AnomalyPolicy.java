package cctvout.status;

import java.time.Duration;

/**
 * From when on a camera that answers is unlike itself. Half of each bound ends what began at the
 * whole, so that a camera between the two does not come and go.
 *
 * @param factor so many times slower, or lossier, than usual; above 1
 * @param slowerByMs and by so many milliseconds at least
 * @param loss and by such a share of the echoes at least, 0 to 1
 * @param warmUp results that must have been seen before anything is called unusual
 * @param history how long it takes until what stays becomes the new usual
 */
public record AnomalyPolicy(
        double factor, double slowerByMs, double loss, int warmUp, Duration history) {

    public static final String SLOWER = "RTT_ANOMALY";
    public static final String LOSSIER = "LOSS_ANOMALY";

    public static boolean isAnomaly(String reason) {
        return reason.equals(SLOWER) || reason.equals(LOSSIER);
    }
}
