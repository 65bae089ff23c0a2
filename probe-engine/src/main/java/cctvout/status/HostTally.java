package cctvout.status;

/**
 * How the cameras of one HLS host just did.
 *
 * @param cameras that are registered on the host
 * @param checked of them just now, within the sibling window; or all, each at its newest look
 * @param failed of those, at host level: refused, connect timeout, TLS, 5xx
 * @param well of those, with a stream that is good
 */
public record HostTally(int cameras, int checked, int failed, int well) {

    /** A host that is one camera's own, or of which nothing is known. */
    public static final HostTally ALONE = new HostTally(1, 0, 0, 0);

    /** Fewer failures than this are not a server's. */
    static final int LEAST = 3;

    public boolean serverDown() {
        return cameras >= LEAST && failed >= LEAST && failed * 2 >= checked;
    }
}
