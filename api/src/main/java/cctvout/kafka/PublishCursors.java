package cctvout.kafka;

import cctvout.store.Columns;
import cctvout.store.Database;

import reactor.core.publisher.Mono;

import java.util.Map;

/** How far the broker has confirmed each feed, in table {@code log_cursor}. Lazy. */
final class PublishCursors {

    private final Database database;

    PublishCursors(Database database) {
        this.database = database;
    }

    /** 0 for a feed that was never published: downstream gets all that there is. */
    Mono<Long> load(String consumer) {
        return database.client()
                .sql("select seq from log_cursor where consumer = :name")
                .bind("name", consumer)
                .map(row -> Columns.number(row, "seq"))
                .one()
                .switchIfEmpty(
                        database.client()
                                .sql(
                                        """
                                        insert into log_cursor values (:name, 0)
                                        on conflict do nothing""")
                                .bind("name", consumer)
                                .then()
                                .thenReturn(0L));
    }

    /**
     * Errors with {@link IllegalStateException} where it stands neither there nor at its goal:
     * another process publishes too, and this one must stop.
     */
    Mono<Void> move(String consumer, long from, long to) {
        return database.client()
                .sql(
                        """
                        update log_cursor set seq = :to
                        where consumer = :name and seq in (:from, :to)""")
                .bind("name", consumer)
                .bind("from", from)
                .bind("to", to)
                .fetch()
                .rowsUpdated()
                .flatMap(
                        moved ->
                                moved == 1
                                        ? Mono.empty()
                                        : Mono.error(
                                                new IllegalStateException(
                                                        "cursor "
                                                                + consumer
                                                                + " is not at "
                                                                + from
                                                                + ": another process moved it")));
    }

    /** Numbers from each feed's cursor to its newest. */
    Mono<Map<String, Long>> lag() {
        return database.client()
                .sql(
                        """
                        select f.consumer, greatest(0, h.seq - coalesce(c.seq, 0)) as lag
                        from (values (:log, 'event'), (:cameras, 'camera')) as f (consumer, head)
                        join log_head h on h.name = f.head
                        left join log_cursor c on c.consumer = f.consumer""")
                .bind("log", LogFeed.CONSUMER)
                .bind("cameras", CameraFeed.CONSUMER)
                .map(row -> Map.entry(Columns.text(row, "consumer"), Columns.number(row, "lag")))
                .all()
                .collectMap(Map.Entry::getKey, Map.Entry::getValue);
    }
}
