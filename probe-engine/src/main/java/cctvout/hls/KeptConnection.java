package cctvout.hls;

import org.jspecify.annotations.Nullable;

/** The connection that a check has open, and may use again for the same host. Any thread. */
final class KeptConnection {

    private @Nullable StreamConnection open;
    private boolean closed;

    /** Null where none leads there; one that leads elsewhere is closed. */
    @Nullable StreamConnection take(StreamUrl url) {
        StreamConnection taken;
        synchronized (this) {
            taken = open;
            open = null;
        }
        if (taken == null || taken.leadsTo(url)) {
            return taken;
        }
        taken.close();
        return null;
    }

    void keep(StreamConnection connection) {
        synchronized (this) {
            if (!closed) {
                open = connection;
                return;
            }
        }
        connection.close();
    }

    /** No more is kept from now on. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        drop();
    }

    /** What is open is closed. */
    void drop() {
        StreamConnection left;
        synchronized (this) {
            left = open;
            open = null;
        }
        if (left != null) {
            left.close();
        }
    }
}
