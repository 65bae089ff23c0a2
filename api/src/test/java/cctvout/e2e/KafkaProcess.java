package cctvout.e2e;

import org.apache.kafka.clients.admin.Admin;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A broker of its own, alone, with its data in a folder: to be killed and started again. */
public final class KafkaProcess implements AutoCloseable {

    private static final long START_SECONDS = 120;

    private final Path folder;
    private final int port = freePort();
    private Process process;

    /** Starts it; returns when it answers. */
    public KafkaProcess(Path folder) throws Exception {
        this.folder = folder;
        Files.writeString(folder.resolve("server.properties"), properties(freePort()));
        Files.writeString(
                folder.resolve("logback.xml"),
                """
                <configuration>
                  <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                    <encoder><pattern>%d %-5level %logger{20} %msg%n</pattern></encoder>
                  </appender>
                  <root level="warn"><appender-ref ref="out"/></root>
                </configuration>
                """);
        Process format =
                java(
                        "kafka.tools.StorageTool",
                        "format",
                        "--cluster-id",
                        "MkU3OEVBNTcwNTJENDM2Qk",
                        "--config",
                        folder.resolve("server.properties").toString());
        if (!format.waitFor(START_SECONDS, TimeUnit.SECONDS) || format.exitValue() != 0) {
            throw new IllegalStateException("not formatted, see " + logFile());
        }
        this.process = launch();
    }

    public String servers() {
        return "127.0.0.1:" + port;
    }

    /** No time to say goodbye. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void startAgain() throws Exception {
        process = launch();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private Process launch() throws Exception {
        Process child = java("kafka.Kafka", folder.resolve("server.properties").toString());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers()))) {
            admin.describeCluster().nodes().get(START_SECONDS, TimeUnit.SECONDS);
        }
        return child;
    }

    private Process java(String main, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx384m",
                                "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                main));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                .start();
    }

    private Path logFile() {
        return folder.resolve("kafka.log");
    }

    private String properties(int controller) {
        return """
               process.roles=broker,controller
               node.id=1
               controller.quorum.voters=1@127.0.0.1:%2$d
               listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
               advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
               controller.listener.names=CONTROLLER
               listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
               log.dirs=%3$s
               default.replication.factor=1
               offsets.topic.replication.factor=1
               """
                .formatted(port, controller, folder.resolve("data"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
