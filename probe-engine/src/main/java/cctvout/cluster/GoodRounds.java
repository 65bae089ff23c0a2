package cctvout.cluster;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When rounds came to their end, and since when they do so without a break. Any thread. */
final class GoodRounds {

    private final Duration silence;
    private final LongSupplier nanos;
    private boolean any;
    private boolean broken = true;
    private long since;
    private long last;

    /**
     * @param silence between two of them that is a break
     * @param nanos steady time
     */
    GoodRounds(Duration silence, LongSupplier nanos) {
        this.silence = silence;
        this.nanos = nanos;
    }

    synchronized void good() {
        long now = nanos.getAsLong();
        if (broken || isPast(last, silence, now)) {
            since = now;
        }
        last = now;
        any = true;
        broken = false;
    }

    synchronized void failed() {
        broken = true;
    }

    /** Whether there was one within that time. */
    synchronized boolean within(Duration time) {
        return any && !isPast(last, time, nanos.getAsLong());
    }

    /**
     * Without a break for long enough: who is alive has had the time to say so. When the database
     * is back after everybody had lost it, nobody has been seen for long, and all are well.
     */
    synchronized boolean areSteady() {
        long now = nanos.getAsLong();
        return !broken && !isPast(last, silence, now) && now - since >= silence.toNanos();
    }

    private static boolean isPast(long then, Duration time, long now) {
        return now - then > time.toNanos();
    }
}
