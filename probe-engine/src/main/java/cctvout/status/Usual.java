package cctvout.status;

/**
 * What a camera's echoes were like before they became an anomaly.
 *
 * @param rttMs usual round trip, milliseconds, to a tenth, 1 at least
 * @param lossPercent of the echoes that are usually lost, to a tenth
 * @param recentLossPercent of the latest, about eight checks, to a tenth
 */
public record Usual(double rttMs, double lossPercent, double recentLossPercent) {

    static Usual of(Baseline before, Baseline learned) {
        return new Usual(
                tenths(before.usualRttMs()),
                tenths(100 * before.loss()),
                tenths(100 * learned.recentLoss()));
    }

    private static double tenths(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
