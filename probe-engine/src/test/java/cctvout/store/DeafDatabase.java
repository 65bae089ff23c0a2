package cctvout.store;

import io.netty.buffer.ByteBuf;

import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A database whose notifications are all lost. */
public record DeafDatabase(Database behind) implements Database {
    @Override
    public DatabaseClient client() {
        return behind.client();
    }

    @Override
    public <T> Mono<T> inTransaction(Mono<T> work) {
        return behind.inTransaction(work);
    }

    @Override
    public Mono<Long> copyIn(String sql, Mono<ByteBuf> bytes) {
        return behind.copyIn(sql, bytes);
    }

    @Override
    public Flux<String> notifications(String channel) {
        return Flux.never();
    }
}
