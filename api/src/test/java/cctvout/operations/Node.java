package cctvout.operations;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One process of a topology, with nothing but an environment to tell it what to do. */
final class Node implements AutoCloseable {

    private static final long START_SECONDS = 240;
    private static final long STOP_SECONDS = 60;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    final String role;
    final int port = freePort();
    final List<String> log = new CopyOnWriteArrayList<>();
    private final Process process;
    private final CountDownLatch serves = new CountDownLatch(1);

    /** Starts it, and does not wait. */
    Node(Map<String, String> environment) {
        this.role = environment.getOrDefault("CCTVOUT_ROLES", "");
        var builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx384m",
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        "cctvout.CctvOutApplication");
        builder.environment().keySet().removeIf(name -> name.startsWith("CCTVOUT_"));
        builder.environment().putAll(environment);
        builder.environment().put("SERVER_PORT", Integer.toString(port));
        try {
            process = builder.redirectErrorStream(true).start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().name("log of " + role).start(this::follow);
    }

    /** Returns when it serves. */
    void awaitStart() throws InterruptedException {
        if (!serves.await(START_SECONDS, TimeUnit.SECONDS) || !process.isAlive()) {
            throw new IllegalStateException(role + " has not started:\n" + String.join("\n", log));
        }
    }

    String instance() {
        return "127.0.0.1:" + port;
    }

    /** Without credentials. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        try {
            return HTTP.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        } catch (HttpTimeoutException silent) {
            throw new IllegalStateException(
                    "%s does not answer %s:%n%s%n%s"
                            .formatted(role, path, String.join("\n", log), threads()),
                    silent);
        }
    }

    /** What each of its threads does. */
    private String threads() throws IOException, InterruptedException {
        Process dump =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(process.pid()),
                                "Thread.print")
                        .redirectErrorStream(true)
                        .start();
        String text = new String(dump.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        dump.waitFor();
        return text;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + instance() + path))
                .timeout(Duration.ofSeconds(60));
    }

    /**
     * Waits a moment.
     *
     * @throws IllegalStateException where it has ended by then: it must not
     */
    void goesOn() throws InterruptedException {
        if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(role + " has ended:\n" + String.join("\n", log));
        }
    }

    /** Sends SIGTERM, and does not wait. */
    void stop() {
        process.destroy();
    }

    /** How it ended, once it was told to. */
    int ended() throws InterruptedException {
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(role + " does not stop:\n" + String.join("\n", log));
        }
        return process.exitValue();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** The line with its address comes when the port is open. */
    private void follow() {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
                if (line.contains("http://localhost:" + port)) {
                    serves.countDown();
                }
            }
        } catch (IOException gone) {
            // so ends the pipe of one that was killed
        } finally {
            serves.countDown();
        }
    }

    static Map<String, String> environment(Map<String, String> given, Map<String, String> here) {
        Map<String, String> all = new HashMap<>(given);
        all.putAll(here);
        return all;
    }

    static void closeAll(List<Node> nodes) throws InterruptedException {
        List<Node> all = new ArrayList<>(nodes);
        all.forEach(Node::stop);
        for (Node node : all) {
            node.close();
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
