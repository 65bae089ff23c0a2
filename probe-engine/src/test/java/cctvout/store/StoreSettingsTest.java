package cctvout.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import java.time.Duration;

/** Each limit is kept, and says its name. */
@Timeout(60)
class StoreSettingsTest {

    @Test
    void limitOutOfRangeIsNamed() {
        assertThatThrownBy(() -> settings(0, 1, Duration.ofSeconds(1)))
                .hasMessageContaining("cctvout.store.max-connections")
                .hasMessageContaining("1 to 1000");
        assertThatThrownBy(() -> settings(1, 1, Duration.ZERO))
                .hasMessageContaining("cctvout.store.statement-timeout");
    }

    @Test
    void statementThatTakesTooLongIsStoppedByTheServer() {
        try (var fresh = EmbeddedDatabase.createFresh(settings(1, 1, Duration.ofMillis(200)))) {
            StepVerifier.create(sleep(fresh, 30))
                    .expectErrorSatisfies(
                            failure ->
                                    assertThat(failure.getMessage() + failure.getCause())
                                            .contains("statement timeout"))
                    .verify(Duration.ofSeconds(20));
        }
    }

    @Test
    void callersPastTheWaitingRoomAreTurnedAwayWithTheNameOfTheLimit() {
        try (var fresh = EmbeddedDatabase.createFresh(settings(1, 2, Duration.ofSeconds(10)))) {
            Flux<String> outcomes =
                    Flux.range(0, 5)
                            .flatMap(
                                    _ ->
                                            sleep(fresh, 0.3)
                                                    .thenReturn("done")
                                                    .onErrorResume(
                                                            failure ->
                                                                    Mono.just(
                                                                            String.valueOf(
                                                                                    failure
                                                                                            .getCause()))),
                                    5);
            StepVerifier.create(outcomes.collectList())
                    .assertNext(
                            all -> {
                                assertThat(all.stream().filter("done"::equals).count())
                                        .isBetween(1L, 3L);
                                assertThat(all)
                                        .filteredOn(it -> !it.equals("done"))
                                        .isNotEmpty()
                                        .allSatisfy(
                                                it ->
                                                        assertThat(it)
                                                                .contains(
                                                                        "cctvout.store.max-waiting"));
                            })
                    .expectComplete()
                    .verify(Duration.ofSeconds(30));
        }
    }

    private static Mono<Long> sleep(EmbeddedDatabase fresh, double seconds) {
        DatabaseClient client = fresh.database().client();
        return client.sql("select pg_sleep(" + seconds + ")").fetch().rowsUpdated();
    }

    private static StoreSettings settings(int connections, int waiting, Duration statement) {
        StoreSettings it = StoreSettings.standard();
        return new StoreSettings(
                connections,
                waiting,
                it.acquireTimeout(),
                it.connectTimeout(),
                statement,
                it.silence(),
                it.maxLife(),
                it.maxIdle(),
                it.startTimeout(),
                1);
    }
}
