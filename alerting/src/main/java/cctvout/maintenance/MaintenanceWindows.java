package cctvout.maintenance;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;

/** The stored windows, each with all it ever was. All publishers are lazy. */
public interface MaintenanceWindows {

    /** At most this many stand: all of them are in memory while a batch is told. */
    int MAX = 1000;

    /** Ordered by id. */
    Mono<List<MaintenanceWindow>> all();

    /** Empty where the id is unknown. */
    Mono<MaintenanceWindow> find(String id);

    /**
     * As they are until the caller's transaction ends: nobody changes one meanwhile. The first lock
     * of a transaction that takes any.
     */
    Mono<Maintenance> standing();

    /** For one who will change them: waits for all who rely on {@link #standing}. */
    Mono<Void> lock();

    /** As it is from now on; its version is one that no window of that id ever had. */
    Mono<MaintenanceWindow> put(MaintenanceWindow window, Instant now);

    /** No more, from now on. */
    Mono<Void> end(String id, Instant now);

    /**
     * A window as it was for a time.
     *
     * @param to far in the future for one that stands
     */
    record Version(MaintenanceWindow window, Instant from, Instant to) {}

    /** All that stood at any time between these two. */
    Mono<List<Version>> versions(Instant from, Instant to);
}
