package cctvout.maintenance;

import java.time.Instant;

/**
 * One time of planned work.
 *
 * @param from within it
 * @param to not within it any more
 */
public record Slot(Instant from, Instant to) {

    boolean has(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }
}
