package cctvout.kafka;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** How far one feed is, and since when it does not come on. Any thread. */
final class FeedProgress {

    /** A page that waits longer than this for its confirmation waits for the broker. */
    private static final Duration SLOW = Duration.ofSeconds(10);

    private final AtomicLong lag = new AtomicLong();
    private volatile boolean pumping;
    private volatile @Nullable Instant waitingSince;
    private volatile @Nullable String refusal;

    void pumping(boolean now) {
        pumping = now;
    }

    /** Pages are read and sent; not so while its session is prepared, or tried again. */
    boolean isPumping() {
        return pumping;
    }

    void sending(Instant now) {
        if (waitingSince == null) {
            waitingSince = now;
        }
    }

    void failed(BrokerException cause, Instant now) {
        sending(now);
        refusal = cause.getMessage();
    }

    /** All that was sent is confirmed, or another process sends. */
    void settled() {
        waitingSince = null;
        refusal = null;
    }

    void lag(long found) {
        lag.set(found);
    }

    long lag() {
        return lag.get();
    }

    /** For how long something waits of which the broker has taken nothing. */
    Duration held(Instant now) {
        Instant since = waitingSince;
        return since == null ? Duration.ZERO : Duration.between(since, now);
    }

    /** What is wrong, null where nothing is. */
    @Nullable String trouble(Instant now) {
        String why = refusal;
        if (why != null) {
            return why;
        }
        return held(now).compareTo(SLOW) > 0
                ? "no confirmation from the broker for " + SLOW.toSeconds() + " s"
                : null;
    }
}
