package cctvout.hls;

/** How a stream check ended. */
public enum HlsStatus {
    /** A live stream that moves, or whose movement has still to be proven. */
    SUCCESS,
    /** A server answered, and the stream is bad. */
    FAIL,
    /** No usable answer. */
    ERROR
}
