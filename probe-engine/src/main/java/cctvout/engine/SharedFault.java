package cctvout.engine;

import java.time.Duration;

/**
 * What is known of a line, a site, a subnet or a stream server as a whole: whether it is down, and
 * whether it is coming back. Times are nanoseconds on the loop's clock. The loop's thread alone.
 */
final class SharedFault {

    /** Fewer that agree say nothing of all. */
    static final int LEAST = 3;

    private static final long NEVER = Long.MIN_VALUE;

    /** So long after the last of its cameras was confirmed another one is believed at once. */
    private static final long BELIEVED = Duration.ofSeconds(60).toNanos();

    /** So many as {@link #LEAST} have to come back within this time. */
    private static final long TOGETHER = Duration.ofSeconds(10).toNanos();

    /** All of its cameras are not pulled forward again within this time. */
    private static final long AGAIN_AFTER = Duration.ofSeconds(2).toNanos();

    private long since;
    private long downUntil = NEVER;
    private long pulledAt = NEVER;
    private long backSince = NEVER;
    private int back;

    /**
     * One of its cameras was confirmed, and others agree.
     *
     * @param began when that one began to fail
     */
    void down(long began, long now) {
        if (!isDown(now)) {
            since = began;
        }
        downUntil = now + BELIEVED;
        back = 0;
        backSince = NEVER;
    }

    boolean isDown(long now) {
        return downUntil != NEVER && now < downUntil;
    }

    /** When what is down began to fail. */
    long since() {
        return since;
    }

    /** One of its cameras is well again: others are no longer believed to be down with it. */
    void oneIsBack(long now) {
        downUntil = NEVER;
        if (backSince == NEVER || now - backSince > TOGETHER) {
            backSince = now;
            back = 0;
        }
        back++;
    }

    /** So many came back together that all should be looked at. */
    boolean isBack() {
        return back >= LEAST;
    }

    /** When the first of them came back. */
    long backSince() {
        return backSince;
    }

    /** True at most once in a while. */
    boolean mayPullAll(long now) {
        if (pulledAt != NEVER && now - pulledAt < AGAIN_AFTER) {
            return false;
        }
        pulledAt = now;
        return true;
    }
}
