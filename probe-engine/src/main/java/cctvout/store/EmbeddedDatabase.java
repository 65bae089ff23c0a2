package cctvout.store;

import reactor.core.Disposable;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/**
 * A database on a PostgreSQL server of our own. Starting, stopping and closing block: never on an
 * event loop.
 */
public final class EmbeddedDatabase implements AutoCloseable {
    private static final String NAME = "cctvout";

    private final PostgresServer server;
    private final PostgresAddress address;
    private final PostgresDatabase database;
    private final AutoCloseable last;

    private EmbeddedDatabase(
            PostgresServer server,
            PostgresAddress address,
            StoreSettings settings,
            AutoCloseable last) {
        this.server = server;
        this.address = address;
        this.database = new PostgresDatabase(address, settings);
        this.last = last;
    }

    /**
     * Starts a server whose data lie in a folder that is this process's alone, and brings the
     * schema up to date. What an earlier process left there is taken up, also after {@code kill
     * -9}.
     *
     * @throws StoreException that names the setting, such as {@code cctvout.data-dir}
     */
    public static EmbeddedDatabase start(Path dataDir, StoreSettings settings) {
        PostgresServer server = PostgresServer.start(dataDir, settings.startTimeout(), Map.of());
        try {
            createDatabase(server);
            PostgresAddress address = PostgresAddress.of(server, NAME);
            Migrations.run(address, settings);
            return new EmbeddedDatabase(server, address, settings, server);
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
    }

    public static EmbeddedDatabase start(Path dataDir) {
        return start(dataDir, StoreSettings.standard());
    }

    /**
     * For tests: a new database with the schema, in some 50 ms, on a server that this JVM's tests
     * share, that does not outlive them and that does not sync to disk. Closing it drops it.
     */
    public static EmbeddedDatabase createFresh() {
        return createFresh(StoreSettings.standard());
    }

    static EmbeddedDatabase createFresh(StoreSettings settings) {
        String name = SharedServer.createDatabase(settings);
        PostgresServer server = SharedServer.server();
        return new EmbeddedDatabase(
                server,
                PostgresAddress.of(server, name),
                settings,
                () -> SharedServer.dropDatabase(name));
    }

    public Database database() {
        return database;
    }

    /** From now on the server is started again where it ends by itself; not for a shared one. */
    Disposable keepUp() {
        refuseShared();
        return new PostgresKeeper(server).keep();
    }

    /** As {@code spring.r2dbc.url} wants it. */
    public String r2dbcUrl() {
        return address.r2dbcUrl();
    }

    public String username() {
        return PostgresServer.USER;
    }

    public String password() {
        return address.password();
    }

    /** For tests of an outage: stops the server, not the pool; not for a shared one. */
    public void stopServer() {
        refuseShared();
        server.stop();
    }

    /** Ends such an outage: the same data on the same port. */
    public void startServer() {
        refuseShared();
        server.start();
    }

    @Override
    public void close() {
        database.close();
        try {
            last.close();
        } catch (Exception failure) {
            throw new StoreException("database " + address + " does not close", failure);
        }
    }

    private void refuseShared() {
        if (last != server) {
            throw new IllegalStateException("other tests use this server too");
        }
    }

    private static void createDatabase(PostgresServer server) {
        try (Connection admin = connectAdmin(server);
                Statement statement = admin.createStatement()) {
            var found =
                    statement.executeQuery(
                            "select 1 from pg_database where datname = '" + NAME + "'");
            if (!found.next()) {
                statement.execute("create database " + NAME);
            }
        } catch (SQLException failure) {
            throw new StoreException(
                    "cctvout.data-dir: no database can be made: " + failure.getMessage(), failure);
        }
    }

    static Connection connectAdmin(PostgresServer server) throws SQLException {
        PostgresAddress address = PostgresAddress.of(server, "postgres");
        return DriverManager.getConnection(
                address.jdbcUrl(), address.jdbcProperties(StoreSettings.standard()));
    }
}
