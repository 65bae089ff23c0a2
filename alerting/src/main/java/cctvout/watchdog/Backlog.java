package cctvout.watchdog;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What alerting has not read of the log.
 *
 * @param unread entries behind its cursor, up to the last transition
 * @param since when the first unread transition happened; null where all are read
 */
record Backlog(long unread, @Nullable Instant since) {

    static final Backlog NONE = new Backlog(0, null);
}
