package cctvout.watchdog;

/** Something that ails the monitor itself. */
enum Trouble {
    MONITOR_BLIND(false),
    MONITOR_OVERLOADED(true),
    MONITOR_PAUSED(true),
    NO_PROBES(false),
    LOG_LAG(true),
    CHANNEL_DEAD(false);

    private final boolean passes;

    Trouble(boolean passes) {
        this.passes = passes;
    }

    /** Comes and goes by itself: told of only when it lasts. */
    boolean passes() {
        return passes;
    }
}
