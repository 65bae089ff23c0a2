package cctvout.notification;

import java.time.Duration;
import java.time.Instant;

/** So many messages at once, refilled evenly. Not thread-safe: its owner is. */
final class RateBucket {

    private final int burst;
    private final double perSecond;
    private double tokens;
    private Instant filledAt;

    RateBucket(int burst, int perMinute, Instant now) {
        this.burst = burst;
        this.perSecond = perMinute / 60.0;
        this.tokens = burst;
        this.filledAt = now;
    }

    /** Whole messages that may be sent now. */
    int room(Instant now) {
        double seconds = Math.max(0, Duration.between(filledAt, now).toMillis() / 1000.0);
        tokens = Math.min(burst, tokens + seconds * perSecond);
        filledAt = now;
        return (int) Math.max(0, Math.floor(tokens));
    }

    void take() {
        tokens--;
    }

    boolean isFull(Instant now) {
        return room(now) >= burst;
    }
}
