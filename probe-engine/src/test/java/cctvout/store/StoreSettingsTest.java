package cctvout.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import java.time.Duration;

/** Each limit is kept, and says its name. */
@Timeout(60)
class StoreSettingsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void limitOutOfRangeIsNamed() {
        assertThatThrownBy(() -> settings(0, 1, Duration.ofSeconds(1)))
                .hasMessageContaining("cctvout.store.max-connections")
                .hasMessageContaining("1 to 1000");
        assertThatThrownBy(() -> settings(1, 1, Duration.ZERO))
                .hasMessageContaining("cctvout.store.statement-timeout");
        assertThatThrownBy(() -> idle(Duration.ofMillis(999)))
                .hasMessageContaining("cctvout.store.idle-in-transaction")
                .hasMessageContaining("PT1S");
    }

    @Test
    void transactionThatStandsStillIsEndedByTheServerAndLeavesNothing() {
        try (var fresh = EmbeddedDatabase.createFresh(idle(Duration.ofSeconds(1)))) {
            Database database = fresh.database();
            Sinks.Empty<Void> goesOn = Sinks.empty();
            Mono<Long> standing =
                    database.inTransaction(
                            append(database, 7).then(goesOn.asMono()).then(append(database, 7)));
            Mono<Long> others = database.inTransaction(append(database, 1));

            StepVerifier.create(
                            Mono.zip(
                                    standing.onErrorResume(
                                            DataAccessException.class, _ -> Mono.just(-1L)),
                                    standsStill(database)
                                            .then(others)
                                            .doFinally(_ -> goesOn.tryEmitEmpty())))
                    .assertNext(
                            ended -> {
                                assertThat(ended.getT1()).as("refused").isEqualTo(-1);
                                assertThat(ended.getT2()).isEqualTo(1);
                            })
                    .expectComplete()
                    .verify(Duration.ofSeconds(20));
            StepVerifier.create(others).expectNext(2L).expectComplete().verify(LONG);
        }
    }

    @Test
    void theServerIsAskedToEndSessionsBesidesWhatTheUrlAsksOfIt() {
        try (var fresh = EmbeddedDatabase.createFresh()) {
            asked(fresh, "", StoreSettings.standard(), "5s t 0");
            String own = "?options=lock_timeout%3D7s%3Bidle_in_transaction_session_timeout%3D9s";
            asked(fresh, own, StoreSettings.standard(), "9s t 7s");
            asked(fresh, own, idle(Duration.ZERO), "9s f 7s");
        }
    }

    private static void asked(
            EmbeddedDatabase at, String more, StoreSettings settings, String answer) {
        var external = new ExternalSettings(at.r2dbcUrl() + more, at.username(), at.password());
        var address = PostgresAddress.of(external, at.r2dbcUrl() + more);
        try (var database = new PostgresDatabase(address, settings)) {
            StepVerifier.create(
                            database.client()
                                    .sql(
                                            """
                                            select concat_ws(' ',
                                                current_setting('idle_in_transaction_session_timeout'),
                                                current_setting('tcp_keepalives_count')::int = 3,
                                                current_setting('lock_timeout')) as set
                                            """)
                                    .map(row -> Columns.text(row, "set"))
                                    .one())
                    .expectNext(answer)
                    .expectComplete()
                    .verify(LONG);
        }
    }

    /** Holds what every append holds. */
    private static Mono<Long> append(Database database, int numbers) {
        return database.client()
                .sql("update log_head set seq = seq + :n where name = 'event' returning seq")
                .bind("n", (long) numbers)
                .map(row -> Columns.number(row, "seq"))
                .one();
    }

    /** Completes when a transaction that has not ended stands still. */
    private static Mono<Long> standsStill(Database database) {
        return database.client()
                .sql(
                        """
                        select 1::bigint as one from pg_stat_activity
                        where state = 'idle in transaction' and datname = current_database()
                            and query like 'update log_head%'
                        """)
                .map(row -> Columns.number(row, "one"))
                .first()
                .repeatWhenEmpty(times -> times.delayElements(Duration.ofMillis(20)));
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

    private static StoreSettings idle(Duration inTransaction) {
        StoreSettings it = StoreSettings.standard();
        return new StoreSettings(
                it.maxConnections(),
                it.maxWaiting(),
                it.acquireTimeout(),
                it.connectTimeout(),
                it.statementTimeout(),
                inTransaction,
                it.silence(),
                it.maxLife(),
                it.maxIdle(),
                it.startTimeout(),
                1);
    }

    private static StoreSettings settings(int connections, int waiting, Duration statement) {
        StoreSettings it = StoreSettings.standard();
        return new StoreSettings(
                connections,
                waiting,
                it.acquireTimeout(),
                it.connectTimeout(),
                statement,
                it.idleInTransaction(),
                it.silence(),
                it.maxLife(),
                it.maxIdle(),
                it.startTimeout(),
                1);
    }
}
