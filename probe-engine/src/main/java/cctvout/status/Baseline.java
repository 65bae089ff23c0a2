package cctvout.status;

import cctvout.icmp.IcmpResult;

import java.time.Duration;

/**
 * How a camera's echoes usually are, learned from its own results, in some fifty bytes: the mean of
 * what was seen lately, where no single result moves it by more than three times the usual scatter.
 * So an anomaly of an hour leaves it as it was, and what stays for as long as {@link
 * AnomalyPolicy#history} becomes the new usual.
 *
 * @param results learned from
 * @param level natural logarithm of the usual round trip in milliseconds
 * @param spread how far from it results usually are, in logarithm
 * @param loss usual share of the echoes lost, 0 to 1
 * @param recentLoss the same of the latest results, about eight
 * @param learnedAt when the newest was learned, nanoseconds on any clock
 */
public record Baseline(
        int results, double level, double spread, double loss, double recentLoss, long learnedAt) {

    public static final Baseline NOTHING = new Baseline(0, 0, 0, 0, 0, 0);

    /** Of one result nobody knows it: from three fifths to five thirds. */
    private static final double FIRST_SPREAD = 0.5;

    /** Below it all are the same: what comes and goes there is the scheduler's. */
    private static final double SHORTEST_MS = 1;

    /** By so many spreads one result counts at most. */
    private static final double CLIP = 3;

    /** Round trips always differ by some percent. */
    private static final double LEAST_SPREAD = 0.05;

    /** However rare results are, this many make what is usual. */
    private static final double FEWEST = 16;

    /** This many are the latest. */
    private static final double LATEST = 8;

    /** More are not counted: by then the time they took decides. */
    private static final int MOST = 1_000_000;

    /** As the log has it: no few results are to change it. */
    public static Baseline of(Usual known, long at) {
        return new Baseline(
                MOST,
                logarithm(known.rttMs()),
                FIRST_SPREAD / 2,
                known.lossPercent() / 100,
                known.recentLossPercent() / 100,
                at);
    }

    /**
     * With one result more; as it is where no echo was answered: silence is another fault.
     *
     * @param at nanoseconds on the same clock each time
     */
    Baseline with(IcmpResult result, long at, Duration history) {
        Double rtt = result.rttAvgMs();
        if (rtt == null || !Double.isFinite(rtt) || result.received() <= 0) {
            return this;
        }
        double lost = Math.clamp(1 - (double) result.received() / Math.max(1, result.sent()), 0, 1);
        if (results == 0) {
            return new Baseline(1, logarithm(rtt), FIRST_SPREAD, lost, lost, at);
        }
        double warming = 2.0 / (results + 2);
        double aged = -Math.expm1(-Math.max(0.0, at - learnedAt) / history.toNanos());
        double weight = Math.max(warming, Math.min(aged, 1 / FEWEST));
        double most = CLIP * spread;
        double off = Math.clamp(logarithm(rtt) - level, -most, most);
        return new Baseline(
                Math.min(results + 1, MOST),
                level + weight * off,
                Math.max(LEAST_SPREAD, spread + weight * (Math.abs(off) - spread)),
                loss + weight * (lost - loss),
                recentLoss + Math.max(warming, 1 / LATEST) * (lost - recentLoss),
                at);
    }

    /** Milliseconds. */
    double usualRttMs() {
        return Math.exp(level);
    }

    static double logarithm(double rttMs) {
        return Math.log(Math.max(rttMs, SHORTEST_MS));
    }
}
