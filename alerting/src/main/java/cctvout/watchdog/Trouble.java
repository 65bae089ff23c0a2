package cctvout.watchdog;

/** Something that ails the monitor itself. */
enum Trouble {
    MONITOR_BLIND,
    MONITOR_OVERLOADED,
    MONITOR_PAUSED,
    NO_PROBES,
    LOG_LAG,
    CHANNEL_DEAD
}
