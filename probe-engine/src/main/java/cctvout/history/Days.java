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
                alone().then(
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
        return database.client()
                .sql(
                        """
                        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                        where i.inhparent = 'measurement'::regclass
                          and c.relname ~ '^measurement_[0-9]{8}$' and c.relname < :oldest
                        """)
                .bind("oldest", "measurement_" + NAME.format(oldest))
                .map(row -> Columns.text(row, "relname"))
                .all()
                .collectList()
                .flatMapMany(Flux::fromIterable)
                .concatMap(this::drop)
                .then(dropWithoutDay(oldest));
    }

    // Waits for a reader for a moment only: behind it all writers would wait too.
    private Mono<Void> drop(String day) {
        return database.inTransaction(
                alone().then(database.client().sql("set local lock_timeout = '2s'").then())
                        .then(database.client().sql("drop table if exists " + day).then())
                        .doOnSuccess(_ -> log.info("Removed the measurements of {}", day)));
    }

    private Mono<Void> dropWithoutDay(LocalDate oldest) {
        return database.client()
                .sql("delete from measurement_default where bucket < :first")
                .bind("first", Buckets.of(oldest.atStartOfDay().toInstant(ZoneOffset.UTC)))
                .then();
    }

    private Mono<Void> alone() {
        return database.client()
                .sql("select pg_advisory_xact_lock(hashtext('measurement days'))")
                .fetch()
                .all()
                .then();
    }
}
