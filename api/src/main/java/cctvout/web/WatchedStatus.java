package cctvout.web;

import cctvout.maintenance.Maintenance;
import cctvout.status.CameraStatus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A camera's status, and whether somebody works on it.
 *
 * @param maintenance null, and left out, where no window is open for it
 */
record WatchedStatus(
        @JsonUnwrapped CameraStatus status,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UnderWork maintenance) {

    /**
     * The window that is open.
     *
     * @param until when it and those that follow it without a gap are over
     */
    record UnderWork(String windowId, String name, Instant until) {
        static UnderWork of(Maintenance.Held held) {
            return new UnderWork(held.window().id(), held.window().name(), held.until());
        }
    }
}
