package cctvout.status;

/** What a camera's state is, and with a fault: whose it is. */
public enum Verdict {
    HEALTHY,
    DEGRADED,
    LINE_FAULT,
    CAMERA_FAULT,
    STREAM_SERVER_FAULT,
    UNKNOWN;

    /** Somebody has to go out and repair something. */
    public boolean isFault() {
        return this == LINE_FAULT || this == CAMERA_FAULT || this == STREAM_SERVER_FAULT;
    }
}
