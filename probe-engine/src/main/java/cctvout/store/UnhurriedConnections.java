package cctvout.store;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Mono;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes connections from a pool to the end, also for a caller who leaves meanwhile: a cancelled
 * acquisition throws its connection away, and many of them at once leave the server with more
 * half-open ones than it takes.
 */
final class UnhurriedConnections implements ConnectionFactory {
    private static final Logger log = LoggerFactory.getLogger(UnhurriedConnections.class);

    private final ConnectionFactory pool;

    UnhurriedConnections(ConnectionFactory pool) {
        this.pool = pool;
    }

    @Override
    public Mono<Connection> create() {
        return Mono.defer(
                () -> {
                    AtomicBoolean taken = new AtomicBoolean();
                    return Mono.<Connection>create(
                                    sink ->
                                            Mono.<Connection>from(pool.create())
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
