package cctvout.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When the group was heard of last. Any thread. */
final class LastWord {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final LongSupplier nanos;
    private long at;

    /**
     * @param nanos steady time
     */
    LastWord(LongSupplier nanos) {
        this.nanos = nanos;
        this.at = nanos.getAsLong();
    }

    synchronized void now() {
        at = nanos.getAsLong();
    }

    /**
     * A heartbeat, which tells of the group at its own time and not now.
     *
     * @param ago in whole seconds, as Kafka's client counts: up to one more has passed
     */
    synchronized void heartbeat(long ago) {
        long then = nanos.getAsLong() - (ago + 1) * SECOND;
        if (then - at > 0) {
            at = then;
        }
    }

    synchronized boolean isOlderThan(Duration patience) {
        return nanos.getAsLong() - at > patience.toNanos();
    }
}
