package cctvout.maintenance;

import cctvout.rows.Rows;
import cctvout.store.Columns;
import cctvout.store.Database;

import io.r2dbc.spi.Readable;

import reactor.core.publisher.Mono;

import java.time.Instant;
import java.util.List;

/** Table {@code maintenance_window}. */
public final class PostgresMaintenance implements MaintenanceWindows {

    // an advisory lock of PostgreSQL, for the length of a transaction
    private static final long LOCK = 0x6d61_696e_7465_6eL;

    private static final String CURRENT =
            "select body from maintenance_window where valid_to is null";

    private static final String PUT =
            """
            insert into maintenance_window (id, version, body, valid_from)
            values (:id, :version, :body, :now)
            """;

    private final Database database;

    public PostgresMaintenance(Database database) {
        this.database = database;
    }

    @Override
    public Mono<List<MaintenanceWindow>> all() {
        return database.client()
                .sql(CURRENT + " order by id collate \"C\"")
                .map(PostgresMaintenance::window)
                .all()
                .collectList();
    }

    @Override
    public Mono<MaintenanceWindow> find(String id) {
        return database.client()
                .sql(CURRENT + " and id = :id")
                .bind("id", id)
                .map(PostgresMaintenance::window)
                .one();
    }

    @Override
    public Mono<Maintenance> standing() {
        // two statements: the second sees what whoever held the lock has committed
        return locked("pg_advisory_xact_lock_shared").then(all()).map(Maintenance::new);
    }

    @Override
    public Mono<Void> lock() {
        return locked("pg_advisory_xact_lock");
    }

    private Mono<Void> locked(String function) {
        return database.client().sql("select " + function + "(:key)").bind("key", LOCK).then();
    }

    @Override
    public Mono<MaintenanceWindow> put(MaintenanceWindow window, Instant now) {
        return nextVersion(window.id())
                .flatMap(
                        version -> {
                            MaintenanceWindow stored =
                                    window.stored(window.id(), window.createdBy(), version);
                            return end(window.id(), now)
                                    .then(insert(stored, now))
                                    .thenReturn(stored);
                        });
    }

    private Mono<Long> nextVersion(String id) {
        return database.client()
                .sql(
                        "select coalesce(max(version), 0) + 1 as next from maintenance_window"
                                + " where id = :id")
                .bind("id", id)
                .map(row -> Columns.number(row, "next"))
                .one();
    }

    private Mono<Void> insert(MaintenanceWindow window, Instant now) {
        return database.client()
                .sql(PUT)
                .bind("id", window.id())
                .bind("version", window.version())
                .bind("body", Rows.json(window))
                .bind("now", now)
                .then();
    }

    @Override
    public Mono<Void> end(String id, Instant now) {
        return database.client()
                .sql(
                        "update maintenance_window set valid_to = greatest(:now, valid_from)"
                                + " where id = :id and valid_to is null")
                .bind("id", id)
                .bind("now", now)
                .then();
    }

    @Override
    public Mono<List<Version>> versions(Instant from, Instant to) {
        return database.client()
                .sql(
                        """
                        select body, valid_from, coalesce(valid_to, :to) as valid_to
                        from maintenance_window
                        where valid_from < :to and (valid_to is null or valid_to > :from)""")
                .bind("from", from)
                .bind("to", to)
                .map(
                        row ->
                                new Version(
                                        window(row),
                                        Columns.required(row, "valid_from", Instant.class),
                                        Columns.required(row, "valid_to", Instant.class)))
                .all()
                .collectList();
    }

    private static MaintenanceWindow window(Readable row) {
        return Rows.read(Columns.text(row, "body"), MaintenanceWindow.class);
    }
}
