package cctvout.store;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server that all tests of one JVM share. Its folder is used again by the next JVM, so that a
 * killed one leaves nothing behind for long.
 */
final class SharedServer {
    private static final int MOST_JVMS = 64;
    private static final String TEMPLATE = "fresh_template";
    private static final AtomicInteger count = new AtomicInteger();

    private static @Nullable PostgresServer server;

    private SharedServer() {}

    static String createDatabase(StoreSettings settings) {
        String name = "fresh_" + count.incrementAndGet();
        synchronized (SharedServer.class) {
            if (server == null) {
                server = start(settings);
            }
            execute("create database " + name + " template " + TEMPLATE);
        }
        return name;
    }

    static void dropDatabase(String name) {
        execute("drop database if exists " + name + " with (force)");
    }

    static synchronized PostgresServer server() {
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server;
    }

    private static PostgresServer start(StoreSettings settings) {
        Map<String, String> options =
                Map.of("fsync", "off", "max_connections", "300", "autovacuum", "off");
        PostgresServer started = startInFreeFolder(settings, options);
        server = started;
        Runtime.getRuntime().addShutdownHook(new Thread(started::close, "shared-postgresql-stop"));
        left().forEach(SharedServer::dropDatabase);
        execute("create database " + TEMPLATE);
        Migrations.run(PostgresAddress.of(started, TEMPLATE), settings);
        return started;
    }

    private static PostgresServer startInFreeFolder(
            StoreSettings settings, Map<String, String> options) {
        Path parent =
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "cctv-out-tests-" + System.getProperty("user.name"));
        try {
            Folders.create(parent);
            for (int i = 0; i < MOST_JVMS; i++) {
                Path folder = Folders.create(parent.resolve(Integer.toString(i)));
                FolderLock lock = FolderLock.tryLock(folder);
                if (lock != null) {
                    return PostgresServer.start(folder, lock, settings.startTimeout(), options);
                }
            }
            throw new StoreException("all " + MOST_JVMS + " test folders in use in " + parent);
        } catch (IOException failure) {
            throw new StoreException("no server for tests in " + parent, failure);
        }
    }

    private static List<String> left() {
        List<String> names = new ArrayList<>();
        try (Connection admin = EmbeddedDatabase.connectAdmin(server());
                Statement statement = admin.createStatement()) {
            var found =
                    statement.executeQuery(
                            "select datname from pg_database where datname like 'fresh%'");
            while (found.next()) {
                names.add(found.getString(1));
            }
            return names;
        } catch (SQLException failure) {
            throw new StoreException("test database: " + failure.getMessage(), failure);
        }
    }

    private static void execute(String sql) {
        try (Connection admin = EmbeddedDatabase.connectAdmin(server());
                Statement statement = admin.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new StoreException("test database: " + failure.getMessage(), failure);
        }
    }
}
