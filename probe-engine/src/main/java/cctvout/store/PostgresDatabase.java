package cctvout.store;

import io.netty.buffer.ByteBuf;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Wrapped;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.resources.LoopResources;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** The pool, the transactions and the one connection that listens. */
final class PostgresDatabase implements Database, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostgresDatabase.class);
    private static final String IN_TRANSACTION =
            PostgresDatabase.class.getName() + ".inTransaction";
    private static final Duration VALIDATION_TIMEOUT = Duration.ofSeconds(5);

    private final ConnectionPool pool;
    private final DatabaseClient client;
    private final TransactionalOperator transactions;
    private final Listener listener;
    private final Refusals refusals = new Refusals(System::nanoTime);

    PostgresDatabase(PostgresAddress address, StoreSettings settings) {
        // unpacks and loads a library: here, not on a thread that must not wait
        LoopResources.hasNativeSupport();
        PostgresqlConnectionFactory connections = address.connectionFactory(settings);
        this.pool = pool(connections, settings);
        ConnectionFactory limited = new LimitedConnections(pool, settings);
        this.client =
                DatabaseClient.builder()
                        .connectionFactory(limited)
                        .executeFunction(new WholeStatements())
                        .build();
        this.transactions = TransactionalOperator.create(new R2dbcTransactionManager(limited));
        this.listener = new Listener(connections);
    }

    @Override
    public DatabaseClient client() {
        return client;
    }

    @Override
    public <T> Mono<T> inTransaction(Mono<T> work) {
        return Mono.deferContextual(
                context -> {
                    Mono<T> transactional = transactions.transactional(work);
                    if (context.hasKey(IN_TRANSACTION)) {
                        return transactional;
                    }
                    return detached(
                            transactional
                                    .doOnError(refusals::note)
                                    .contextWrite(
                                            it -> it.putAll(context).put(IN_TRANSACTION, true)));
                });
    }

    @Override
    public Mono<Long> copyIn(String sql, Mono<ByteBuf> bytes) {
        return client.inConnection(connection -> driver(connection).copyIn(sql, bytes));
    }

    // What pool and transactions have wrapped it in knows nothing of COPY.
    private static PostgresqlConnection driver(Connection connection) {
        Object inner = connection;
        while (!(inner instanceof PostgresqlConnection) && inner instanceof Wrapped<?> wrapped) {
            inner = wrapped.unwrap();
        }
        return (PostgresqlConnection) inner;
    }

    @Override
    public Flux<String> notifications(String channel) {
        return listener.notifications(channel);
    }

    @Override
    public @Nullable String refusal() {
        return refusals.lately();
    }

    @Override
    public void close() {
        pool.dispose();
    }

    // Runs to its end whatever becomes of the subscriber, who hears of the outcome alone.
    private static <T> Mono<T> detached(Mono<T> work) {
        Sinks.One<T> outcome = Sinks.one();
        AtomicBoolean left = new AtomicBoolean();
        work.subscribe(
                outcome::tryEmitValue,
                failure -> {
                    if (left.get()) {
                        log.warn("failed after its caller had left: {}", failure.toString());
                    }
                    outcome.tryEmitError(failure);
                },
                outcome::tryEmitEmpty);
        return outcome.asMono().doOnCancel(() -> left.set(true));
    }

    private static ConnectionPool pool(
            PostgresqlConnectionFactory connections, StoreSettings settings) {
        return new ConnectionPool(
                ConnectionPoolConfiguration.builder(connections)
                        .name("cctvout.store")
                        .initialSize(0)
                        .maxSize(settings.maxConnections())
                        .maxAcquireTime(settings.acquireTimeout())
                        .maxCreateConnectionTime(settings.connectTimeout())
                        .maxLifeTime(settings.maxLife())
                        .maxIdleTime(settings.maxIdle())
                        .validationQuery(LimitedConnections.IS_NO_STANDBY)
                        .maxValidationTime(VALIDATION_TIMEOUT)
                        .acquireRetry(2)
                        .customizer(it -> it.maxPendingAcquire(settings.maxWaiting()))
                        .build());
    }
}
