package cctvout.kill;

/** What a camera answers. */
enum Condition {
    WELL,
    /** Its line is silent. */
    CUT,
    /** Pings are answered, the stream is not there. */
    BROKEN
}
