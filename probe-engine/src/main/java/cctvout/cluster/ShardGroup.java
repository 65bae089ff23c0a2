package cctvout.cluster;

import reactor.core.publisher.Mono;

/** Divides the shards among the processes that there are, and tells the {@link ShardKeeper}. */
public interface ShardGroup {

    /** Lazy, never completes, never errors. */
    Mono<Void> run();

    /** Leaves: others need not wait to see that this process is gone. Lazy, never errors. */
    Mono<Void> leave();
}
