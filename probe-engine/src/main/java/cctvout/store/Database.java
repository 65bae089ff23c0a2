package cctvout.store;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The door to PostgreSQL: a bounded pool, its transactions, its notifications. A caller who leaves
 * at any moment costs no connection; what must be finished all the same belongs into {@link
 * #inTransaction}.
 */
public interface Database {

    /**
     * Statements; inside {@link #inTransaction} they join the transaction, outside each commits by
     * itself and may be cancelled.
     */
    DatabaseClient client();

    /**
     * Runs the work in one transaction: commits when it completes, rolls back when it errors. Lazy;
     * the value comes after the commit. Once begun it runs to its end, also where the subscriber
     * cancels. Within another such work it joins that one.
     */
    <T> Mono<T> inTransaction(Mono<T> work);

    /**
     * {@code COPY … FROM STDIN}: the fastest way in. Joins {@link #inTransaction} as {@link
     * #client} does. Lazy; takes one buffer and lets go of it.
     *
     * @return how many rows were taken
     */
    Mono<Long> copyIn(String sql, Mono<ByteBuf> bytes);

    /**
     * Payloads of {@code NOTIFY channel}, on a connection that all listeners of a channel share,
     * reconnected for ever; a hint only: a slow listener gets the latest. An empty one after each
     * (re)connection, since what was said before went unheard.
     */
    Flux<String> notifications(String channel);

    /**
     * The server's own words where it answers and, within the last 10 s, took nothing of a
     * transaction: its disk is full, or it is a standby. Null where it did not say so.
     */
    default @Nullable String refusal() {
        return null;
    }
}
