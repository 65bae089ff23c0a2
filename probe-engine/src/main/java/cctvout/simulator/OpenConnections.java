package cctvout.simulator;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Connections of a fleet's server, with their limit; one look at all instead of a timer each. */
final class OpenConnections {

    private final Set<FleetConnection> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();
    private final int limit;
    private volatile boolean closed;

    OpenConnections(int limit) {
        this.limit = limit;
    }

    /** False where it is one too many. */
    boolean add(FleetConnection connection) {
        if (closed) {
            return false;
        }
        if (count.incrementAndGet() > limit) {
            count.decrementAndGet();
            return false;
        }
        return open.add(connection);
    }

    void remove(FleetConnection connection) {
        if (open.remove(connection)) {
            count.decrementAndGet();
        }
    }

    void closeIdle(Duration longer) {
        long now = System.nanoTime();
        for (FleetConnection connection : open) {
            if (connection.idleLongerThan(longer.toNanos(), now)) {
                connection.close();
            }
        }
    }

    void closeAll() {
        closed = true;
        open.forEach(FleetConnection::close);
    }
}
