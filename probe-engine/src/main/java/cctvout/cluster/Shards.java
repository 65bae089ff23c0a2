package cctvout.cluster;

import reactor.core.publisher.Flux;

/** What this process is to probe, as that changes. */
public interface Shards {

    /**
     * The present ownership at once, then each next one; never completes, never errors. A
     * subscriber that does not keep up gets the newest.
     */
    Flux<Ownership> ownership();

    /** For a process that probes by itself, whatever others do. */
    static Shards alone() {
        return () -> Flux.concat(Flux.just(Ownership.everything()), Flux.never());
    }
}
