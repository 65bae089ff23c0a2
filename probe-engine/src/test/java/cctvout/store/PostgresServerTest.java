package cctvout.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One folder for all: each test finds the data that the one before left there. */
@Timeout(120)
class PostgresServerTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @TempDir static Path parent;

    @Test
    void dataStayBetweenRuns() throws Exception {
        try (PostgresServer server = start()) {
            remember(server, "kept");
        }
        assertThat(Postmasters.all(data())).isEmpty();
        try (PostgresServer server = start()) {
            assertThat(remembers(server, "kept")).isTrue();
        }
    }

    @Test
    void startsAfterKillOfTheJvmWhosePostmasterLivesOn() throws Exception {
        Process child = startChild();
        assertThat(Postmasters.running(data())).isPresent();
        try (Connection connection = connect(portOfRunning(), password())) {
            remember(connection, "before the kill");
        }
        ProcessHandle postmaster = Postmasters.running(data()).orElseThrow();

        child.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThat(postmaster.isAlive()).isTrue();

        try (PostgresServer server = start()) {
            assertThat(Postmasters.running(data())).get().isNotEqualTo(postmaster);
            assertThat(Postmasters.all(data())).doesNotContain(postmaster);
            assertThat(remembers(server, "before the kill")).isTrue();
        }
    }

    @Test
    void startsAfterKillOfThePostmasterUnderItsClients() throws Exception {
        try (PostgresServer server = start();
                Connection client = connect(server.port(), password())) {
            remember(client, "under a client");
            Postmasters.running(data()).orElseThrow().destroyForcibly();
            server.start();
            assertThat(remembers(server, "under a client")).isTrue();
        }
    }

    @Test
    void startsOverALockFileWhoseNumberIsAnotherProgramsByNow() throws Exception {
        startAndClose();
        staleLockFile(ProcessHandle.current().pid());
        startAndClose();
    }

    @Test
    void startsOverALockFileWhoseNumberIsNobodys() throws Exception {
        startAndClose();
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor(10, TimeUnit.SECONDS);
        staleLockFile(gone.pid());
        startAndClose();
    }

    @Test
    void startsOverAnUnreadableLockFile() throws Exception {
        startAndClose();
        Files.writeString(Postmasters.lockFile(data()), "");
        startAndClose();
    }

    @Test
    void halfMadeDataFolderIsMadeAnew() throws Exception {
        startAndClose();
        Path half = data().resolveSibling("data.initializing");
        Files.createDirectories(half.resolve("base"));
        Path kept = data().resolveSibling("kept");
        Files.move(data(), kept);
        startAndClose();
        assertThat(half).doesNotExist();
    }

    @Test
    void secondProcessOnTheFolderIsToldTheSetting() throws Exception {
        Process child = startChild();
        try {
            assertThatThrownBy(PostgresServerTest::start)
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("cctvout.data-dir")
                    .hasMessageContaining("process " + child.pid());
            try (Connection stillThere = connect(portOfRunning(), password())) {
                assertThat(stillThere.isValid(5)).isTrue();
            }
        } finally {
            child.getOutputStream().close();
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(Postmasters.all(data())).isEmpty();
    }

    @Test
    void secondStartInThisProcessIsToldTheSettingAndHarmsNothing() throws Exception {
        try (PostgresServer server = start()) {
            assertThatThrownBy(PostgresServerTest::start).hasMessageContaining("cctvout.data-dir");
            System.gc(); // a forgotten channel on the lock file would give the lock up here
            assertThatThrownBy(PostgresServerTest::start).hasMessageContaining("cctvout.data-dir");
            remember(server, "unharmed");
        }
    }

    @Test
    void keepsToLoopbackSyncsToDiskAndWantsAPassword() throws Exception {
        try (PostgresServer server = start();
                Connection connection = connect(server.port(), password())) {
            assertThat(show(connection, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(show(connection, "unix_socket_directories")).isEmpty();
            assertThat(show(connection, "fsync")).isEqualTo("on");
            assertThat(show(connection, "synchronous_commit")).isEqualTo("on");
            assertThat(show(connection, "full_page_writes")).isEqualTo("on");
            assertThatThrownBy(() -> connect(server.port(), "wrong"))
                    .hasMessageContaining("password");
        }
        Path password = data().resolveSibling("password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                .isEqualTo("rw-------");
    }

    @Test
    void portTakenByAnotherIsNamedByTheServersOwnWords() throws Exception {
        try (PostgresServer server = start()) {
            server.stop();
            try (var _ = new ServerSocket(server.port(), 1, InetAddress.ofLiteral("127.0.0.1"))) {
                assertThatThrownBy(server::start)
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("cctvout.data-dir")
                        .hasMessageContaining("Address already in use");
            }
            server.start();
        }
    }

    private static PostgresServer start() {
        return PostgresServer.start(parent, LIMIT, Map.of());
    }

    private static void startAndClose() throws Exception {
        try (PostgresServer server = start();
                Connection connection = connect(server.port(), password())) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    private static Process startChild() throws IOException {
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KeptServer.class.getName(),
                                parent.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        BufferedReader said = child.inputReader(StandardCharsets.UTF_8);
        for (String line; (line = said.readLine()) != null; ) {
            if (line.equals(KeptServer.READY)) {
                return child;
            }
        }
        throw new IOException("the child ended with " + child.exitValue());
    }

    private static void staleLockFile(long pid) throws IOException {
        Files.writeString(
                Postmasters.lockFile(data()),
                "%d\n%s\n1700000000\n5432\n\n127.0.0.1\n".formatted(pid, data()));
    }

    private static Path data() {
        return parent.resolve("postgresql").resolve("data");
    }

    private static String password() throws IOException {
        return Files.readString(data().resolveSibling("password"));
    }

    // fourth line of postmaster.pid
    private static int portOfRunning() throws IOException {
        return Integer.parseInt(Files.readAllLines(Postmasters.lockFile(data())).get(3));
    }

    private static Connection connect(int port, String password) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", PostgresServer.USER, password);
    }

    private static void remember(PostgresServer server, String what) throws Exception {
        try (Connection connection = connect(server.port(), password())) {
            remember(connection, what);
        }
    }

    private static void remember(Connection connection, String what) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("create table if not exists memory (what text)");
            statement.execute("insert into memory values ('" + what + "')");
        }
    }

    private static boolean remembers(PostgresServer server, String what) throws Exception {
        try (Connection connection = connect(server.port(), password());
                var statement = connection.createStatement();
                var found =
                        statement.executeQuery(
                                "select 1 from memory where what = '" + what + "'")) {
            return found.next();
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("show " + setting)) {
            found.next();
            return found.getString(1);
        }
    }
}
