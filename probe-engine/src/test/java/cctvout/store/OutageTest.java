package cctvout.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The database goes away and comes back. */
@Timeout(120)
class OutageTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir static Path parent;

    @SuppressWarnings("NullAway.Init")
    private static EmbeddedDatabase embedded;

    @BeforeAll
    static void start() {
        embedded = EmbeddedDatabase.start(parent);
    }

    @AfterAll
    static void stop() {
        embedded.close();
    }

    @Test
    void statementsFailWhileItIsAwayAndWorkWhenItIsBack() {
        StepVerifier.create(one(embedded.database())).expectNext(1L).expectComplete().verify(LONG);
        embedded.stopServer();
        StepVerifier.create(one(embedded.database())).expectError().verify(LONG);
        StepVerifier.create(embedded.database().inTransaction(one(embedded.database())))
                .expectError()
                .verify(LONG);
        embedded.startServer();
        StepVerifier.create(one(embedded.database())).expectNext(1L).expectComplete().verify(LONG);
    }

    @Test
    void listensAgainWhenItIsBack() {
        Mono<Void> notify =
                embedded.database()
                        .client()
                        .sql("notify outage_test, 'after'")
                        .fetch()
                        .rowsUpdated()
                        .then();
        StepVerifier.create(embedded.database().notifications("outage_test"))
                .expectNext("")
                .then(embedded::stopServer)
                .then(embedded::startServer)
                .expectNext("")
                .then(() -> StepVerifier.create(notify).expectComplete().verify(LONG))
                .expectNext("after")
                .thenCancel()
                .verify(LONG);
    }

    @Test
    void aStandbyIsNotTakenForTheServer() throws Exception {
        embedded.stopServer();
        Files.createFile(parent.toRealPath().resolve("postgresql/data/standby.signal"));
        embedded.startServer();
        StepVerifier.create(one(embedded.database()))
                .expectErrorSatisfies(
                        refused ->
                                assertThat(refused)
                                        .rootCause()
                                        .hasMessageContaining("a standby, which takes no writes"))
                .verify(LONG);

        String url = embedded.r2dbcUrl().replace("r2dbc:", "jdbc:");
        try (var admin =
                        DriverManager.getConnection(url, embedded.username(), embedded.password());
                var statement = admin.createStatement()) {
            statement.execute("select pg_promote()");
        }
        StepVerifier.create(one(embedded.database())).expectNext(1L).expectComplete().verify(LONG);
    }

    @Test
    void theServerOfOurOwnIsStartedAgainWhereItWasKilled() throws Exception {
        Path data = parent.toRealPath().resolve("postgresql/data");
        ProcessHandle killed = Postmasters.running(data).orElseThrow();
        Disposable keeping = embedded.keepUp();
        try {
            killed.destroyForcibly();
            killed.onExit().get(60, TimeUnit.SECONDS);
            Mono<Long> sooner =
                    Mono.defer(() -> one(embedded.database()))
                            .retryWhen(Retry.fixedDelay(600, Duration.ofMillis(100)));
            StepVerifier.create(sooner).expectNext(1L).expectComplete().verify(LONG.plus(LONG));
            assertThat(Postmasters.running(data)).get().isNotEqualTo(killed);
        } finally {
            keeping.dispose();
        }
    }

    @Test
    void externalOneThatIsAwayAtStartIsWaitedFor() throws Exception {
        var external =
                new ExternalSettings(embedded.r2dbcUrl(), embedded.username(), embedded.password());
        embedded.stopServer();
        CompletableFuture<StoreConfiguration.OpenDatabase> opened =
                CompletableFuture.supplyAsync(() -> open(external, StoreSettings.standard()));
        embedded.startServer();
        try (var open = opened.get(60, TimeUnit.SECONDS)) {
            StepVerifier.create(one(open.database())).expectNext(1L).expectComplete().verify(LONG);
        }
    }

    @Test
    void whatANewerVersionMadeOfTheSchemaIsTakenAsItIs() {
        Mono<Long> later =
                embedded.database()
                        .client()
                        .sql(
                                """
                                insert into flyway_schema_history (installed_rank, version, description,
                                    type, script, checksum, installed_by, execution_time, success)
                                values (9999, '9999', 'later', 'SQL', 'V9999__later.sql', 1, 'later', 1, true)
                                """)
                        .fetch()
                        .rowsUpdated();
        StepVerifier.create(later).expectNext(1L).expectComplete().verify(LONG);
        var external =
                new ExternalSettings(embedded.r2dbcUrl(), embedded.username(), embedded.password());
        try (var open = open(external, StoreSettings.standard())) {
            StepVerifier.create(one(open.database())).expectNext(1L).expectComplete().verify(LONG);
        }
    }

    @Test
    void externalOneThatStaysAwayIsNamedWithItsSettingAndWithoutItsPassword() {
        var external =
                new ExternalSettings("r2dbc:postgresql://127.0.0.1:1/city", "someone", "secret");
        assertThatThrownBy(() -> open(external, tryingOnce()))
                .isInstanceOf(StoreException.class)
                .message()
                .contains("spring.r2dbc.url", "127.0.0.1:1/city")
                .doesNotContain("secret")
                .hasSizeLessThan(3000);
    }

    @Test
    void urlThatIsNoneIsNamedWithItsSetting() {
        for (String url : new String[] {"nonsense", "r2dbc:mysql://a/b", "r2dbc:postgresql://a"}) {
            assertThatThrownBy(() -> open(new ExternalSettings(url, "u", "secret"), tryingOnce()))
                    .as(url)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("spring.r2dbc.url")
                    .hasMessageNotContaining("secret");
        }
    }

    private static StoreConfiguration.OpenDatabase open(
            ExternalSettings external, StoreSettings settings) {
        return new StoreConfiguration().openDatabase(settings, new DataSettings(parent), external);
    }

    private static StoreSettings tryingOnce() {
        StoreSettings it = StoreSettings.standard();
        return new StoreSettings(
                it.maxConnections(),
                it.maxWaiting(),
                it.acquireTimeout(),
                it.connectTimeout(),
                it.statementTimeout(),
                it.idleInTransaction(),
                it.silence(),
                it.maxLife(),
                it.maxIdle(),
                it.startTimeout(),
                1);
    }

    private static Mono<Long> one(Database database) {
        return database.client()
                .sql("select 1::bigint as n")
                .map(row -> Columns.number(row, "n"))
                .one();
    }
}
