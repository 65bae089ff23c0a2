package cctvout.store;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * The system's clock to the microsecond, as PostgreSQL keeps instants: what is answered at once is
 * what is read later.
 */
public final class StoredClock extends Clock {

    public static final Clock UTC = new StoredClock(ZoneOffset.UTC);

    private final ZoneId zone;

    private StoredClock(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public Instant instant() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new StoredClock(other);
    }
}
