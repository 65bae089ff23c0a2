package cctvout.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The running product: a child JVM with its data in a folder, on a port of loopback, to be killed
 * and started again.
 */
public final class Product implements AutoCloseable {

    public static final String PASSWORD = "end-to-end-secret";

    private static final long START_SECONDS = 120;

    /** Quick to start rather than fast at the end. */
    private static final List<String> SHORT_LIVED =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx512m");

    private static final List<String> QUICK =
            List.of(
                    "--cctvout.probe.interval=1s",
                    "--cctvout.probe.confirm=100ms,200ms",
                    "--cctvout.probe.icmp.count=1",
                    "--cctvout.probe.icmp.timeout=300ms");

    private final Path folder;
    private final List<String> jvm;
    private final List<String> settings;
    private final int port = freePort();
    private Process process;

    /** Starts it; returns when it serves. */
    Product(Path folder, String... settings) {
        this(folder, SHORT_LIVED, List.of(settings));
    }

    /** One that looks at each camera every second, and confirms a fault within another. */
    static Product quick(Path folder, String... settings) {
        List<String> all = new ArrayList<>(QUICK);
        all.addAll(List.of(settings));
        return new Product(folder, SHORT_LIVED, all);
    }

    /** The same, on a JVM with these options. */
    public Product(Path folder, List<String> jvm, List<String> settings) {
        this.folder = folder;
        this.jvm = jvm;
        this.settings = settings;
        this.process = launch();
    }

    public Console console() {
        return new Console(port);
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /**
     * Waits so long.
     *
     * @throws IllegalStateException where it has ended by then: it must not
     */
    public void runsFor(Duration time) throws InterruptedException {
        if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("ended, see " + logFile());
        }
    }

    /** No time to say goodbye. */
    public void kill() {
        process.destroyForcibly();
        end();
    }

    public void startAgain() {
        process = launch();
    }

    @Override
    public void close() {
        process.destroy();
        end();
    }

    private void end() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private Process launch() {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(jvm);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        "cctvout.CctvOutApplication",
                        "--server.port=" + port,
                        "--cctvout.data-dir=" + folder.resolve("data"),
                        "--cctvout.security.admin-password=" + PASSWORD,
                        "--cctvout.probe.allowed-networks=127.0.0.0/8",
                        "--cctvout.notification.allowed-networks=127.0.0.0/8"));
        command.addAll(settings);
        try {
            Process child = new ProcessBuilder(command).redirectErrorStream(true).start();
            CountDownLatch serves = new CountDownLatch(1);
            Thread.ofVirtual().name("product-log").start(() -> follow(child, serves));
            if (!serves.await(START_SECONDS, TimeUnit.SECONDS) || !child.isAlive()) {
                child.destroyForcibly();
                throw new IllegalStateException(
                        "not started, see " + logFile() + ":\n" + Files.readString(logFile()));
            }
            return child;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** The line with its address comes when the port is open. */
    private void follow(Process child, CountDownLatch serves) {
        try (var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        child.getInputStream(), StandardCharsets.UTF_8));
                var log =
                        Files.newBufferedWriter(
                                logFile(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.write(line + "\n");
                log.flush();
                if (line.contains("http://localhost:" + port)) {
                    serves.countDown();
                }
            }
        } catch (IOException gone) {
            // a killed process closes its pipe like this
        } finally {
            serves.countDown();
        }
    }

    public Path logFile() {
        return folder.resolve("product.log");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
