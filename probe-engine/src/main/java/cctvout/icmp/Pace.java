package cctvout.icmp;

import java.util.concurrent.TimeUnit;

/** At most so many packets a second, and as many at once as a hundredth of a second allows. */
final class Pace {

    private static final int PART_OF_SECOND = 100;

    private final double perNano;
    private final double most;
    private double allowed;
    private long at;

    /**
     * @param perSecond 1 or more
     * @param now nanoseconds on the clock that all calls use
     */
    Pace(int perSecond, long now) {
        perNano = perSecond / (double) TimeUnit.SECONDS.toNanos(1);
        most = Math.max(1, perSecond / (double) PART_OF_SECOND);
        allowed = most;
        at = now;
    }

    /** How many may leave now, {@code wanted} at most. */
    int allows(int wanted, long now) {
        allowed = Math.min(most, allowed + Math.max(0, now - at) * perNano);
        at = now;
        return (int) Math.min(wanted, allowed);
    }

    /** So many left. */
    void left(int packets) {
        allowed -= packets;
    }

    /** Nanoseconds until one more may leave; 0 where it may now. */
    long untilNext(long now) {
        allows(1, now);
        return allowed >= 1 ? 0 : (long) Math.ceil((1 - allowed) / perNano);
    }
}
