package cctvout.history;

import cctvout.store.Columns;
import cctvout.store.Database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The partitions of the measurements, a day each in UTC. Several processes may do this at once. */
final class Days {

    private static final Logger log = LoggerFactory.getLogger(Days.class);

    private static final int AHEAD = 2;
    private static final DateTimeFormatter NAME = DateTimeFormatter.BASIC_ISO_DATE;

    private final Database database;
    private final HistorySettings settings;
    private final Clock clock = Clock.systemUTC();

    Days(Database database, HistorySettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** Makes today's and the next ones, where they are not there yet. Lazy. */
    Mono<Void> ahead() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return database.inTransaction(
                alone(database)
                        .then(
                                database.client()
                                        .sql(
                                                "select add_measurement_day(:today::date + n) from generate_series(0, :ahead) n")
                                        .bind("today", today)
                                        .bind("ahead", AHEAD)
                                        .fetch()
                                        .all()
                                        .then()));
    }

    /** Removes the days of which nothing is young enough, and what has no day. Lazy. */
    Mono<Void> drop() {
        LocalDate oldest =
                LocalDate.ofInstant(clock.instant().minus(settings.keep()), ZoneOffset.UTC);
        return drop(database, "measurement", "measurement_" + NAME.format(oldest))
                .then(dropWithoutDay(oldest));
    }

    /** Removes the partitions of a table that are named after a time before another's. */
    static Mono<Void> drop(Database database, String table, String before) {
        return database.client()
                .sql(
                        """
                        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                        where i.inhparent = :table::regclass and c.relname ~ '_[0-9]+$' and c.relname < :before
                        """)
                .bind("table", table)
                .bind("before", before)
                .map(row -> Columns.text(row, "relname"))
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(partition -> drop(database, partition))
                .then();
    }

    // Waits for a reader for a moment only: behind it all writers would wait too.
    private static Mono<Void> drop(Database database, String partition) {
        return database.inTransaction(
                alone(database)
                        .then(database.client().sql("set local lock_timeout = '2s'").then())
                        .then(database.client().sql("drop table if exists " + partition).then())
                        .doOnSuccess(_ -> log.info("Removed {}: kept long enough", partition)));
    }

    private Mono<Void> dropWithoutDay(LocalDate oldest) {
        return database.client()
                .sql("delete from measurement_default where bucket < :first")
                .bind("first", Buckets.of(oldest.atStartOfDay().toInstant(ZoneOffset.UTC)))
                .then();
    }

    /** One process at a time, until its transaction ends. */
    static Mono<Void> alone(Database database) {
        return database.client()
                .sql("select pg_advisory_xact_lock(hashtext('measurement upkeep'))")
                .fetch()
                .all()
                .then();
    }
}
