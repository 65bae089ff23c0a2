package cctvout.store;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;

import reactor.core.publisher.Mono;
import reactor.pool.PoolAcquirePendingLimitException;

/** Connections of the pool; who gets none is told by which setting, or why. */
final class LimitedConnections implements ConnectionFactory {

    /**
     * Fails on a standby. One that is given in place of a primary that failed, for as long as its
     * name leads there, answers and takes no writes: a connection to it would be kept, and chosen
     * again and again, when the name has long led to the new primary.
     */
    static final String IS_NO_STANDBY =
            "select (case when pg_is_in_recovery() then 'a standby, which takes no writes' else '1' end)::int";

    private final ConnectionFactory pool;
    private final StoreSettings settings;

    LimitedConnections(ConnectionFactory pool, StoreSettings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    @Override
    public Mono<Connection> create() {
        return Mono.<Connection>from(pool.create())
                .onErrorMap(PoolAcquirePendingLimitException.class, this::tooMany)
                .onErrorMap(R2dbcTimeoutException.class, this::tooLate)
                .onErrorMap(R2dbcBadGrammarException.class, LimitedConnections::standby);
    }

    private static Throwable standby(Throwable refused) {
        return new R2dbcNonTransientResourceException(
                "the server that answers is of no use: " + refused.getMessage(), refused);
    }

    private Throwable tooMany(Throwable full) {
        return new R2dbcTransientResourceException(
                "cctvout.store.max-waiting: %d callers wait for a connection already"
                        .formatted(settings.maxWaiting()),
                full);
    }

    private Throwable tooLate(Throwable late) {
        return new R2dbcTimeoutException(
                "no connection in time (cctvout.store.acquire-timeout %s, connect-timeout %s, max-connections %d)"
                        .formatted(
                                settings.acquireTimeout(),
                                settings.connectTimeout(),
                                settings.maxConnections()),
                late);
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return pool.getMetadata();
    }
}
