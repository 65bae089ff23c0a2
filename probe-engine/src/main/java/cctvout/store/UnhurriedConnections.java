package cctvout.store;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcTimeoutException;
import io.r2dbc.spi.R2dbcTransientResourceException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;
import reactor.pool.PoolAcquirePendingLimitException;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes connections from a pool to the end, also for a caller who leaves meanwhile: a cancelled
 * acquisition throws its connection away, and many of them at once leave the server with more
 * half-open ones than it takes.
 */
final class UnhurriedConnections implements ConnectionFactory {
    private static final Logger log = LoggerFactory.getLogger(UnhurriedConnections.class);

    private final ConnectionFactory pool;
    private final StoreSettings settings;

    UnhurriedConnections(ConnectionFactory pool, StoreSettings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    @Override
    public Mono<Connection> create() {
        return Mono.defer(
                () -> {
                    AtomicBoolean taken = new AtomicBoolean();
                    return Mono.<Connection>create(
                                    sink ->
                                            acquired()
                                                    .subscribe(
                                                            connection -> {
                                                                sink.success(connection);
                                                                if (!taken.get()) {
                                                                    giveBack(connection);
                                                                }
                                                            },
                                                            sink::error))
                            .doOnNext(_ -> taken.set(true));
                });
    }

    private Mono<Connection> acquired() {
        return Mono.<Connection>from(pool.create())
                .onErrorMap(
                        PoolAcquirePendingLimitException.class,
                        full ->
                                new R2dbcTransientResourceException(
                                        "cctvout.store.max-waiting: %d callers wait for a connection already"
                                                .formatted(settings.maxWaiting()),
                                        full))
                .onErrorMap(
                        R2dbcTimeoutException.class,
                        late ->
                                new R2dbcTimeoutException(
                                        "no connection in time (cctvout.store.acquire-timeout %s, connect-timeout %s, max-connections %d)"
                                                .formatted(
                                                        settings.acquireTimeout(),
                                                        settings.connectTimeout(),
                                                        settings.maxConnections()),
                                        late));
    }

    private static void giveBack(Connection connection) {
        Mono.from(connection.close())
                .subscribe(
                        null,
                        failure ->
                                log.warn(
                                        "a connection was not given back: {}", failure.toString()));
    }

    @Override
    public ConnectionFactoryMetadata getMetadata() {
        return pool.getMetadata();
    }
}
