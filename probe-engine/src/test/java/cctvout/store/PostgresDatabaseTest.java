package cctvout.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

class PostgresDatabaseTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    private static final EmbeddedDatabase embedded = EmbeddedDatabase.createFresh();
    private static final Database database = embedded.database();

    @BeforeAll
    static void start() {
        StepVerifier.create(execute("create table note (id int primary key)"))
                .expectNextCount(1)
                .expectComplete()
                .verify(LONG);
    }

    @AfterAll
    static void stop() {
        embedded.close();
    }

    @Test
    void freshDatabaseHasTheSchema() {
        StepVerifier.create(count("log_head")).expectNext(2L).expectComplete().verify(LONG);
    }

    @Test
    void twoFreshDatabasesDoNotSeeEachOther() {
        try (var other = EmbeddedDatabase.createFresh()) {
            StepVerifier.create(
                            other.database()
                                    .client()
                                    .sql("select to_regclass('note') is null as absent")
                                    .map(row -> Columns.flag(row, "absent"))
                                    .one())
                    .expectNext(true)
                    .expectComplete()
                    .verify(LONG);
        }
    }

    @Test
    void failedWorkLeavesNothing() {
        Mono<Long> work =
                execute("insert into note values (1)")
                        .then(Mono.error(new IllegalStateException("no")));
        StepVerifier.create(database.inTransaction(work)).expectErrorMessage("no").verify(LONG);
        StepVerifier.create(count("note where id = 1"))
                .expectNext(0L)
                .expectComplete()
                .verify(LONG);
    }

    @Test
    void valueIsHandedOutOnlyAfterCommit() {
        Mono<Long> seenByAnother =
                database.inTransaction(execute("insert into note values (2)"))
                        .then(count("note where id = 2"));
        StepVerifier.create(seenByAnother).expectNext(1L).expectComplete().verify(LONG);
    }

    @Test
    void aServerThatTakesNothingThatIsWrittenIsKnownByItsOwnWords() {
        assertThat(database.refusal()).isNull();
        Mono<Long> work =
                execute("set transaction read only").then(execute("insert into note values (8)"));
        StepVerifier.create(database.inTransaction(work)).expectError().verify(LONG);
        assertThat(database.refusal()).contains("read-only transaction");
    }

    @Test
    void innerTransactionJoinsTheOuter() {
        Mono<Long> outer =
                database.inTransaction(
                        database.inTransaction(execute("insert into note values (3)"))
                                .then(Mono.error(new IllegalStateException("outer fails"))));
        StepVerifier.create(outer).expectErrorMessage("outer fails").verify(LONG);
        StepVerifier.create(count("note where id = 3"))
                .expectNext(0L)
                .expectComplete()
                .verify(LONG);
    }

    @Test
    void workThatHasBegunIsFinishedThoughItsCallerLeaves() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Sinks.Empty<Void> goOn = Sinks.empty();
        CountDownLatch finished = new CountDownLatch(1);
        Mono<Long> work =
                execute("insert into note values (4)")
                        .doOnNext(_ -> begun.countDown())
                        .delayUntil(_ -> goOn.asMono())
                        .then(execute("insert into note values (5)"))
                        .doOnNext(_ -> finished.countDown());
        var caller = database.inTransaction(work).subscribe();
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        caller.dispose();
        goOn.tryEmitEmpty();
        assertThat(finished.await(10, TimeUnit.SECONDS)).isTrue();
        // behind its commit: the row locks are gone then
        StepVerifier.create(
                        execute("insert into note values (4) on conflict do nothing")
                                .then(count("note where id in (4, 5)")))
                .expectNext(2L)
                .expectComplete()
                .verify(LONG);
    }

    @Test
    void callersThatLeaveAtAnyMomentLoseNoConnection() {
        Mono<Long> transaction = database.inTransaction(execute("select pg_sleep(0.003)"));
        Mono<Long> read = count("note");
        Flux<Long> leaving =
                Flux.range(0, 400)
                        .flatMap(
                                i ->
                                        (i % 2 == 0 ? transaction : read)
                                                .timeout(Duration.ofMillis(i % 23), Mono.just(-1L)),
                                64);
        StepVerifier.create(leaving).expectNextCount(400).expectComplete().verify(LONG);
        // as many at once as there are connections: each must be there and answer with its own
        int all = StoreSettings.standard().maxConnections();
        Flux<Integer> together =
                Flux.range(0, all)
                        .flatMap(
                                i ->
                                        database.client()
                                                .sql("select pg_sleep(0.05), " + i + " as n")
                                                .map(
                                                        row ->
                                                                Columns.required(
                                                                        row, "n", Integer.class))
                                                .one(),
                                all);
        StepVerifier.create(together.sort())
                .expectNextSequence(IntStream.range(0, all).boxed().toList())
                .expectComplete()
                .verify(LONG);
    }

    @Test
    void statementThatTakesTooLongIsStoppedByTheServer() {
        StepVerifier.create(
                        database.client()
                                .sql("show statement_timeout")
                                .map(row -> Columns.text(row, "statement_timeout"))
                                .one())
                .expectNext("30s")
                .expectComplete()
                .verify(LONG);
    }

    @Test
    void hearsWhatIsNotified() {
        StepVerifier.create(database.notifications("test_channel").filter(it -> !it.isEmpty()))
                .then(() -> notifyUntilHeard().subscribe())
                .expectNext("hello")
                .thenCancel()
                .verify(LONG);
    }

    private static Mono<Void> notifyUntilHeard() {
        return database.notifications("test_channel")
                .next()
                .then(execute("notify test_channel, 'hello'"))
                .then();
    }

    private static Mono<Long> execute(String sql) {
        return database.client().sql(sql).fetch().rowsUpdated();
    }

    private static Mono<Long> count(String what) {
        return database.client()
                .sql("select count(*) as n from " + what)
                .map(row -> Columns.number(row, "n"))
                .one();
    }
}
