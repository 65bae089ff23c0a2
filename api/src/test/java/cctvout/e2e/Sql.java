package cctvout.e2e;

import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Looks into the database that processes share. */
final class Sql {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final long ANSWER_SECONDS = 60;

    private final Database database;

    Sql(Database database) {
        this.database = database;
    }

    /** The one value of a select, a text. */
    String text(String select) throws Exception {
        return database.client()
                .sql(select)
                .map(row -> String.valueOf(row.get(0, String.class)))
                .one()
                .toFuture()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS);
    }

    /** Until the one value of a select is true. */
    void await(String what, Duration patience, String select) throws Exception {
        Mono<Boolean> look =
                database.client()
                        .sql(select)
                        .map(row -> Boolean.TRUE.equals(row.get(0, Boolean.class)))
                        .one();
        try {
            look.repeatWhen(again -> again.delayElements(LOOK))
                    .filter(yes -> yes)
                    .next()
                    .toFuture()
                    .get(patience.toSeconds(), TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException late) {
            throw new AssertionError(what + ": not within " + patience, late);
        }
    }
}
