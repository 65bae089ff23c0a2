package cctvout.health;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.store.Database;
import cctvout.store.EmbeddedDatabase;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.time.Clock;
import java.time.Duration;

class DatabaseWatchTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void oneThatAnswersAndTakesNoWritesIsToldOfThoughItIsReady() {
        try (EmbeddedDatabase embedded = EmbeddedDatabase.createFresh()) {
            Unwilling database = new Unwilling(embedded.database());
            HealthSettings settings =
                    new HealthSettings(
                            Duration.ofMillis(100),
                            Duration.ofMinutes(1),
                            Duration.ofSeconds(30),
                            Duration.ZERO);
            DatabaseWatch watch = new DatabaseWatch(database, meters, settings, Clock.systemUTC());
            watch.start();
            try {
                Health ill = await(watch, "DEGRADED");
                assertThat(ill.getDetails()).containsEntry("trouble", "No space left on device");
                assertThat(up()).isZero();
                database.words = null;
                await(watch, "UP");
                assertThat(up()).isOne();
            } finally {
                watch.stop();
            }
        }
    }

    private double up() {
        return meters.get("cctvout.database.up").gauge().value();
    }

    private static Health await(DatabaseWatch watch, String status) {
        Health[] found = new Health[1];
        StepVerifier.create(
                        Flux.interval(Duration.ofMillis(50))
                                .onBackpressureDrop()
                                .map(_ -> watch.health())
                                .filter(it -> it.getStatus().getCode().equals(status))
                                .next()
                                .doOnNext(it -> found[0] = it))
                .expectNextCount(1)
                .expectComplete()
                .verify(Duration.ofSeconds(60));
        return found[0];
    }

    private static final class Unwilling implements Database {
        private final Database behind;
        private volatile @Nullable String words = "No space left on device";

        Unwilling(Database behind) {
            this.behind = behind;
        }

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
            return behind.notifications(channel);
        }

        @Override
        public @Nullable String refusal() {
            return words;
        }
    }
}
