package cctvout.icmp;

/**
 * Tells a loop that did not run, or a machine that slept, from time that passed. Two clocks, since
 * the monotonic one stands still while a machine sleeps and runs on while a process is stopped.
 */
final class PauseWatch {

    /** More than this between two looks, and what was in flight meanwhile proves nothing. */
    static final long JUMP_MILLIS = 2_000;

    private long monotonicNanos;
    private long wallMillis;

    /** Looks without judging: after a time in which nobody looked on purpose. */
    void reset(long nowNanos, long nowMillis) {
        monotonicNanos = nowNanos;
        wallMillis = nowMillis;
    }

    /** Looks; expected every 10 ms or so. */
    boolean jumped(long nowNanos, long nowMillis) {
        long passed = (nowNanos - monotonicNanos) / 1_000_000;
        long shown = nowMillis - wallMillis;
        reset(nowNanos, nowMillis);
        return passed > JUMP_MILLIS || Math.abs(shown - passed) > JUMP_MILLIS;
    }
}
