package cctvout.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.notification.Delivery;
import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;

import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

class HeartbeatTest {

    /** Answers, and takes nothing while it is asked so many times. */
    private record FullDisk(Database database, AtomicInteger asked, int times) implements Database {
        @Override
        public DatabaseClient client() {
            return database.client();
        }

        @Override
        public <T> Mono<T> inTransaction(Mono<T> work) {
            return database.inTransaction(work);
        }

        @Override
        public Mono<Long> copyIn(String sql, Mono<ByteBuf> bytes) {
            return database.copyIn(sql, bytes);
        }

        @Override
        public Flux<String> notifications(String channel) {
            return database.notifications(channel);
        }

        @Override
        public @Nullable String refusal() {
            return asked.incrementAndGet() <= times ? "No space left on device" : null;
        }
    }

    @Test
    void aDatabaseThatTakesNothingIsNoLife() throws Exception {
        try (EmbeddedDatabase embedded = EmbeddedDatabase.createFresh()) {
            var full = new FullDisk(embedded.database(), new AtomicInteger(), 2);
            var heartbeat =
                    new Heartbeat(Duration.ofMillis(50), Mono.just(new Delivery.Sent()), full);
            StepVerifier.create(heartbeat.run().take(1))
                    .expectNext(new Delivery.Sent())
                    .expectComplete()
                    .verify(Duration.ofSeconds(60));
            assertThat(full.asked()).hasValue(3);
        }
    }
}
