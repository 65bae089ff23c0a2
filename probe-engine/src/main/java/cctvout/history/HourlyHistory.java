package cctvout.history;

import cctvout.camera.CameraId;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;

/** Measurements by the hour, kept longer than each of them. */
public interface HourlyHistory {

    /**
     * One camera's hours that begin in a span, oldest first; an hour is there some minutes after
     * its end ({@code cctvout.history.roll-up-after}). At most a year before {@code to}. Lazy.
     */
    Mono<List<HourOfChecks>> hours(CameraId id, Instant from, Instant to);
}
