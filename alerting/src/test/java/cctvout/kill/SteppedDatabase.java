package cctvout.kill;

import cctvout.kill.Moment.Kind;
import cctvout.store.Database;

import io.netty.buffer.ByteBuf;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** The database with a gate before and behind each statement and each commit. */
final class SteppedDatabase implements Database {

    private static final String RAN = SteppedDatabase.class.getName() + ".ran";

    private final Database real;
    private final Gate gate;
    private final DatabaseClient client;

    SteppedDatabase(Database real, Gate gate) {
        this.real = real;
        this.gate = gate;
        this.client = new SteppedClient(real.client());
    }

    @Override
    public DatabaseClient client() {
        return client;
    }

    @Override
    public <T> Mono<T> inTransaction(Mono<T> work) {
        return Mono.deferContextual(
                context -> {
                    if (context.hasKey(RAN)) {
                        return real.inTransaction(work);
                    }
                    List<String> ran = new CopyOnWriteArrayList<>();
                    return real.inTransaction(held(work, new Moment(Kind.BEFORE, "", ran)))
                            .contextWrite(it -> it.put(RAN, ran))
                            .transform(done -> held(done, new Moment(Kind.COMMITTED, "", ran)));
                });
    }

    private <T> Mono<T> held(Mono<T> work, Moment moment) {
        return work.materialize().delayUntil(_ -> gate.pass(moment)).dematerialize();
    }

    @Override
    public Mono<Long> copyIn(String sql, Mono<ByteBuf> bytes) {
        return gate.pass(new Moment(Kind.BEFORE, sql, List.of())).then(real.copyIn(sql, bytes));
    }

    @Override
    public Flux<String> notifications(String channel) {
        return real.notifications(channel);
    }

    private final class SteppedClient implements DatabaseClient {

        private final DatabaseClient inner;

        SteppedClient(DatabaseClient inner) {
            this.inner = inner;
        }

        @Override
        public ConnectionFactory getConnectionFactory() {
            return inner.getConnectionFactory();
        }

        @Override
        public GenericExecuteSpec sql(String sql) {
            return inner.sql(sql)
                    .filter(
                            (statement, next) ->
                                    around(sql, () -> Flux.<Result>from(next.execute(statement))));
        }

        @Override
        public GenericExecuteSpec sql(Supplier<String> sqlSupplier) {
            return sql(sqlSupplier.get());
        }

        @Override
        public <T> Mono<T> inConnection(Function<Connection, Mono<T>> action) {
            return inner.inConnection(action);
        }

        @Override
        public <T> Flux<T> inConnectionMany(Function<Connection, Flux<T>> action) {
            return inner.inConnectionMany(action);
        }

        private Flux<Result> around(String sql, Supplier<Flux<Result>> execute) {
            return Flux.deferContextual(
                    context -> {
                        List<String> ran = context.hasKey(RAN) ? context.get(RAN) : List.of();
                        Mono<Void> after =
                                Mono.defer(
                                        () -> {
                                            note(ran, sql);
                                            return gate.pass(new Moment(Kind.AFTER, sql, ran));
                                        });
                        return gate.pass(new Moment(Kind.BEFORE, sql, ran))
                                .thenMany(Flux.defer(execute))
                                .concatWith(after.then(Mono.empty()));
                    });
        }

        private static void note(List<String> ran, String sql) {
            if (ran instanceof CopyOnWriteArrayList) {
                ran.add(sql);
            }
        }
    }
}
