package cctvout.store;

import java.time.Clock;
import java.time.Duration;

/**
 * The system's clock to the microsecond, as PostgreSQL keeps instants: what is answered at once is
 * what is read later.
 */
public final class StoredClock {

    public static final Clock UTC = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));

    private StoredClock() {}
}
