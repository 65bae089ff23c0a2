package cctvout.policy;

import cctvout.record.InvalidRecordException;
import cctvout.record.RecordExistsException;
import cctvout.record.StaleRecordException;

import reactor.core.publisher.Mono;

import java.util.List;
import java.util.OptionalLong;

/** The stored policies. All publishers are lazy and join the caller's transaction. */
public interface PolicyStore {

    /** At most this many: all of them are in memory while a batch is routed. */
    int MAX = 1000;

    /** Every one, in the order in which they are asked. */
    Mono<List<Policy>> all();

    /** Empty where the id is unknown. */
    Mono<Policy> find(String id);

    /** Errors with {@link RecordExistsException}, or {@link InvalidRecordException} past MAX. */
    Mono<Policy> add(Policy policy);

    /**
     * Locked until commit; empty where the id is unknown. Errors with {@link StaleRecordException}.
     */
    Mono<Policy> lock(String id, OptionalLong expectedVersion);

    /** Replaces one; what waits by it is looked at anew. */
    Mono<Policy> replace(Policy policy);

    /** What waits by it does not come any more. */
    Mono<Void> remove(String id);

    /** What is registered of what it names. */
    Mono<Ground> ground(FaultMatch match);
}
