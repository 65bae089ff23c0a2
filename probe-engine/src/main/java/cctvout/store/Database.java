package cctvout.store;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The door to PostgreSQL: a bounded pool, its transactions, its notifications. Work that has begun
 * is not tied to the subscriber's cancellation: a cancelled request cannot poison a connection.
 */
public interface Database {

    /**
     * Statements; inside {@link #inTransaction} they join the transaction, outside each commits by
     * itself.
     */
    DatabaseClient client();

    /**
     * Runs the work in one transaction: commits when it completes, rolls back when it errors. Lazy.
     */
    <T> Mono<T> inTransaction(Mono<T> work);

    /**
     * Payloads of {@code NOTIFY channel}, on a connection of its own, reconnected for ever; a hint
     * only.
     */
    Flux<String> notifications(String channel);
}
