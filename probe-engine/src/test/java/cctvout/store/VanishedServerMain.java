package cctvout.store;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A database and statements that wait in it, in a namespace that others cut. */
final class VanishedServerMain {

    private VanishedServerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        StoreSettings settings =
                new Binder(
                                new MapConfigurationPropertySource(
                                        Map.of("cctvout.store.silence", "3s")))
                        .bindOrCreate("cctvout.store", StoreSettings.class);
        try (EmbeddedDatabase embedded = EmbeddedDatabase.start(Path.of(arguments[0]), settings)) {
            Database database = embedded.database();
            CountDownLatch ended = new CountDownLatch(2);
            long begun = System.nanoTime();
            // one that the server has and thinks about, one that never gets there
            waiting(database).doOnError(_ -> ended.countDown()).onErrorComplete().subscribe();
            sleepers(database).doOnNext(_ -> System.out.println("under way")).then().subscribe();
            again(database).doOnError(_ -> ended.countDown()).onErrorComplete().subscribe();
            say(ended.await(90, TimeUnit.SECONDS), "given up", begun);
            CountDownLatch back = new CountDownLatch(1);
            one(database)
                    .retryWhen(Retry.fixedDelay(60, Duration.ofMillis(500)))
                    .subscribe(_ -> back.countDown());
            say(back.await(60, TimeUnit.SECONDS), "back", begun);
        }
    }

    private static Mono<Long> waiting(Database database) {
        return database.client().sql("select pg_sleep(29)").fetch().rowsUpdated();
    }

    private static Mono<Boolean> sleepers(Database database) {
        return Mono.defer(
                        () ->
                                database.client()
                                        .sql(
                                                """
                                                select count(*) > 0 as there from pg_stat_activity
                                                where query like 'select pg_sleep%' and state = 'active'
                                                """)
                                        .map(
                                                row ->
                                                        Boolean.TRUE.equals(
                                                                row.get("there", Boolean.class)))
                                        .one())
                .repeat()
                .filter(there -> there)
                .next();
    }

    private static Mono<Void> again(Database database) {
        return Flux.interval(Duration.ofMillis(200)).concatMap(_ -> one(database)).then();
    }

    private static Mono<Long> one(Database database) {
        return database.client()
                .sql("select 1::bigint as one")
                .map(row -> Columns.number(row, "one"))
                .one();
    }

    private static void say(boolean came, String word, long begun) {
        System.out.printf(
                "%s after %.1f s%n",
                came ? word : "not " + word, (System.nanoTime() - begun) / 1e9);
    }
}
