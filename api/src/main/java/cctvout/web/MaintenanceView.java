package cctvout.web;

import cctvout.maintenance.MaintenanceWindow;
import cctvout.maintenance.Slot;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A maintenance window as REST shows it, with what it means at this moment.
 *
 * @param nextStart of the time that is now, or else of the next; null where none is to come
 * @param nextEnd of the same
 */
record MaintenanceView(
        @JsonUnwrapped MaintenanceWindow window,
        boolean activeNow,
        @Nullable Instant nextStart,
        @Nullable Instant nextEnd) {

    static MaintenanceView of(MaintenanceWindow window, Instant now) {
        Slot next = window.next(now);
        return new MaintenanceView(
                window,
                window.isActive(now),
                next == null ? null : next.from(),
                next == null ? null : next.to());
    }
}
