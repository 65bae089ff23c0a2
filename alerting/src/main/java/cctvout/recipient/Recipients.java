package cctvout.recipient;

import cctvout.record.InvalidRecordException;
import cctvout.record.RecordExistsException;
import cctvout.record.StaleRecordException;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** The registered recipients. All publishers are lazy and join the caller's transaction. */
public interface Recipients {

    /** At most this many are registered: all of them are in memory while a batch is routed. */
    int MAX = 10_000;

    /** One page, ordered by id. */
    record Page(List<Recipient> items, @Nullable String next) {}

    /** Empty where the id is unknown. */
    Mono<Recipient> find(String id);

    /**
     * @param limit 1 to 1000
     * @param after {@code next} of the page before
     */
    Mono<Page> list(int limit, @Nullable String after);

    /** Those of them that are there. */
    Mono<List<Recipient>> find(Collection<String> ids);

    /** Every one, ordered by id. */
    Mono<List<Recipient>> all();

    /**
     * The stored one, version 1, with an id of its own where it brought none. Errors with {@link
     * InvalidRecordException} or {@link RecordExistsException}.
     */
    Mono<Recipient> create(Recipient recipient);

    /**
     * Replaces one; a secret that is not given, or given as its mask, stays. Errors with {@link
     * StaleRecordException}, {@link InvalidRecordException}; empty where the id is unknown.
     */
    Mono<Recipient> update(Recipient recipient, OptionalLong expectedVersion);

    /**
     * True where it was there; errors with {@link StaleRecordException}. What was not yet sent to
     * it is no longer owed, see {@code Notices}.
     */
    Mono<Boolean> delete(String id, OptionalLong expectedVersion);
}
