package cctvout.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of our own on 127.0.0.1, its data in one folder. Blocks while it starts and
 * stops; a running one goes on when this process is killed, and is stopped by the next start.
 */
final class PostgresServer implements AutoCloseable {
    static final String USER = "cctvout";

    private static final Logger log = LoggerFactory.getLogger(PostgresServer.class);
    private static final int START_ATTEMPTS = 3;

    private final Path folder;
    private final Path data;
    private final FolderLock lock;
    private final PostgresBinaries binaries;
    private final Duration timeout;
    private final Map<String, String> options;
    private final String password;
    private int port;
    private boolean wanted;

    private PostgresServer(
            Path folder, FolderLock lock, Duration timeout, Map<String, String> options)
            throws IOException {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.lock = lock;
        this.timeout = timeout;
        this.options = options;
        this.binaries = PostgresBinaries.unpack(folder);
        this.password = password();
    }

    /**
     * @param parent owned by this process alone from now on; made where it is not there
     * @param timeout for one start (recovery after a crash included) or stop
     * @param options further settings of the server
     * @throws StoreException that names the folder, the setting and the server's own words
     */
    static PostgresServer start(Path parent, Duration timeout, Map<String, String> options) {
        try {
            Folders.create(parent.toAbsolutePath());
            return start(parent, FolderLock.lock(parent), timeout, options);
        } catch (IOException failure) {
            throw new StoreException(
                    "cctvout.data-dir: no PostgreSQL in %s: %s".formatted(parent, failure),
                    failure);
        }
    }

    /** The same in a folder that is ours already; the lock is given back with the server. */
    static PostgresServer start(
            Path parent, FolderLock lock, Duration timeout, Map<String, String> options)
            throws IOException {
        try {
            Path folder = Folders.create(parent.toRealPath().resolve("postgresql"));
            var server = new PostgresServer(folder, lock, timeout, Map.copyOf(options));
            server.initialize();
            server.start();
            return server;
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    int port() {
        return port;
    }

    String superuserPassword() {
        return password;
    }

    /** Starts, on the port it had before, if any. */
    synchronized void start() {
        wanted = true;
        try {
            stopLeftOvers();
            IOException last = null;
            for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
                int wanted = port == 0 ? freePort() : port;
                try {
                    Files.deleteIfExists(startLog());
                    pgCtl("start", "-o", options(wanted), "-l", startLog().toString());
                    port = wanted;
                    log.info("PostgreSQL runs on 127.0.0.1:{}, data in {}", port, data);
                    return;
                } catch (IOException failure) {
                    last = failure;
                    stopLeftOvers();
                }
            }
            throw new StoreException(
                    "cctvout.data-dir: PostgreSQL does not start on %s: %s".formatted(data, last),
                    last);
        } catch (IOException failure) {
            throw new StoreException("cctvout.data-dir: " + data + ": " + failure, failure);
        }
    }

    /** It runs no more, though nobody has stopped it. */
    synchronized boolean hasEnded() throws IOException {
        return wanted && Postmasters.running(data).isEmpty();
    }

    /** Where it is wanted still. */
    synchronized void startAgain() {
        if (wanted) {
            start();
        }
    }

    /** Stops it, connections and all; its data stay. */
    synchronized void stop() {
        wanted = false;
        try {
            stopLeftOvers();
        } catch (IOException failure) {
            throw new StoreException("PostgreSQL does not stop on " + data, failure);
        }
    }

    @Override
    public void close() {
        try (lock) {
            stop();
        } catch (IOException failure) {
            log.warn("{} stays locked", folder, failure);
        }
    }

    // The new folder gets its name last: a kill in the middle leaves nothing that looks complete.
    private void initialize() throws IOException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        Path half = folder.resolve("data.initializing");
        Folders.delete(half);
        run(
                binaries.program("initdb"),
                "--pgdata=" + half,
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile(),
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions");
        Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void stopLeftOvers() throws IOException {
        if (Postmasters.running(data).isPresent()) {
            log.info("Stopping the PostgreSQL that runs on {}", data);
            try {
                pgCtl("stop", "-m", "fast");
            } catch (IOException stillThere) {
                log.warn("PostgreSQL on {} does not stop in {}, killing it", data, timeout);
            }
        }
        Postmasters.awaitEnd(data);
        // No server of ours is left, so the number in this file is nobody's, or another program's.
        if (Files.deleteIfExists(Postmasters.lockFile(data))) {
            log.info("Removed the lock file that a killed PostgreSQL left in {}", data);
        }
    }

    private String options(int onPort) {
        List<String> words = new ArrayList<>(List.of("-p", Integer.toString(onPort)));
        Map<String, String> standard =
                Map.of(
                        "listen_addresses", "127.0.0.1",
                        "unix_socket_directories", "",
                        "timezone", "UTC",
                        "max_wal_size", "512MB",
                        "logging_collector", "on",
                        "log_directory", "log",
                        "log_filename", "postgresql-%a.log",
                        "log_truncate_on_rotation", "on",
                        "log_rotation_age", "1d");
        standard.forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        options.forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        return String.join(" ", words);
    }

    private void pgCtl(String action, String... more) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                binaries.program("pg_ctl"),
                                action,
                                "-w",
                                "-t",
                                Long.toString(timeout.toSeconds()),
                                "-D",
                                data.toString()));
        command.addAll(List.of(more));
        try {
            run(command.toArray(String[]::new));
        } catch (IOException failure) {
            throw new IOException(failure.getMessage() + "\n" + lastWords(), failure);
        }
    }

    // What the server wrote before it opened its own log, and the end of that log.
    private String lastWords() throws IOException {
        List<Path> files = new ArrayList<>(List.of(startLog()));
        Path logs = data.resolve("log");
        if (Files.isDirectory(logs)) {
            try (Stream<Path> all = Files.list(logs)) {
                all.max(Comparator.comparing(it -> it.toFile().lastModified()))
                        .ifPresent(files::add);
            }
        }
        StringBuilder words = new StringBuilder();
        for (Path file : files) {
            if (Files.exists(file)) {
                words.append(Programs.tail(Files.readString(file).strip())).append('\n');
            }
        }
        return words.toString().strip();
    }

    private void run(String... command) throws IOException {
        Programs.run(folder, timeout.plusSeconds(10), command);
    }

    private Path startLog() {
        return folder.resolve("start.log");
    }

    private Path passwordFile() {
        return folder.resolve("password");
    }

    private String password() throws IOException {
        Path file = passwordFile();
        if (!Files.exists(file)) {
            if (Files.exists(data)) {
                throw new StoreException(
                        "cctvout.data-dir: the password of PostgreSQL on %s is gone: %s"
                                .formatted(data, file));
            }
            byte[] secret = new byte[24];
            new SecureRandom().nextBytes(secret);
            Path half = folder.resolve("password.new");
            Files.deleteIfExists(half);
            Files.createFile(half, Permissions.at(half, "rw-------"));
            Files.writeString(half, HexFormat.of().formatHex(secret));
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readString(file).strip();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
