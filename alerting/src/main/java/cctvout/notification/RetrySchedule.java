package cctvout.notification;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * When a notice is tried again: quickly first, each gap longer than the one before; then it counts
 * as FAILED and is tried on slowly, the gap doubling.
 *
 * @param quickTries so many before it is FAILED
 * @param quickFrom shortest gap between quick tries
 * @param quickTo longest
 * @param slowFrom first gap of the slow ones
 * @param slowTo longest
 * @param giveUpAfter since the first try
 */
public record RetrySchedule(
        int quickTries,
        Duration quickFrom,
        Duration quickTo,
        Duration slowFrom,
        Duration slowTo,
        Duration giveUpAfter) {

    public static final RetrySchedule STANDARD =
            new RetrySchedule(
                    5,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(15),
                    Duration.ofHours(24));

    /** Is it not FAILED yet after so many tries? */
    boolean isQuick(int tries) {
        return tries < quickTries;
    }

    /**
     * The gap after a try that failed; null where it was the last one.
     *
     * @param tries made so far, from 1
     * @param sinceFirst from the first try to this one's end
     * @param dice 0 to 1: spreads what failed together
     */
    @Nullable Duration delayAfter(int tries, Duration sinceFirst, double dice) {
        Duration delay = isQuick(tries) ? quick(tries, dice) : slow(tries - quickTries, dice);
        return sinceFirst.plus(delay).compareTo(giveUpAfter) > 0 ? null : delay;
    }

    /**
     * Not FAILED yet? A receiver that asks for more than all the quick gaps together makes it so.
     */
    boolean staysQuick(int tries, @Nullable Duration asked) {
        return isQuick(tries) && (asked == null || asked.compareTo(allQuick()) <= 0);
    }

    private Duration allQuick() {
        return quickTo.multipliedBy(Math.max(1, quickTries - 1));
    }

    /**
     * Does it wait on for an endpoint that is left alone? Where that lasts, it is FAILED without
     * more tries: as long as the first slow gap, and at least as all the quick ones together.
     *
     * @param waited since it would have been tried first
     */
    boolean waits(Duration waited) {
        return waited.compareTo(patience()) < 0;
    }

    private Duration patience() {
        Duration quick = allQuick();
        return quick.compareTo(slowFrom) > 0 ? quick : slowFrom;
    }

    /**
     * The gap after it was not tried, while it waits on: no try, so the gaps do not grow.
     *
     * @param left until the endpoint may be tried
     */
    Duration waitAfterNone(int tries, Duration waited, double dice, Duration left) {
        Duration gap = quick(Math.max(1, tries), dice);
        Duration longer = left.compareTo(gap) > 0 ? left : gap;
        Duration most = patience().minus(waited);
        return longer.compareTo(most) > 0 ? most : longer;
    }

    /**
     * As {@link #delayAfter}, but no sooner than the receiver asked, up to the longest slow gap.
     *
     * @param asked null where it asked for nothing
     */
    @Nullable Duration waitAfter(
            int tries, Duration sinceFirst, double dice, @Nullable Duration asked) {
        Duration delay = delayAfter(tries, sinceFirst, dice);
        if (delay == null || asked == null || asked.compareTo(delay) <= 0) {
            return delay;
        }
        Duration wait = asked.compareTo(slowTo) > 0 ? slowTo : asked;
        Duration longer = wait.compareTo(delay) > 0 ? wait : delay;
        return sinceFirst.plus(longer).compareTo(giveUpAfter) > 0 ? null : longer;
    }

    private Duration quick(int tries, double dice) {
        double bands = Math.max(1, quickTries - 1);
        double part = (tries - 1 + dice) / bands;
        return quickFrom.plus(scaled(quickTo.minus(quickFrom), part));
    }

    private Duration slow(int before, double dice) {
        Duration delay = slowFrom;
        for (int i = 0; i < before && delay.compareTo(slowTo) < 0; i++) {
            delay = delay.multipliedBy(2);
        }
        Duration capped = delay.compareTo(slowTo) > 0 ? slowTo : delay;
        return scaled(capped, 1 - dice / 10);
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofMillis(Math.round(duration.toMillis() * factor));
    }
}
