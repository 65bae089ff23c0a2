package cctvout.kill;

import cctvout.store.EmbeddedDatabase;

import org.jspecify.annotations.Nullable;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link KilledProcess} as its parent sees it: told what to do, killed, started again. */
final class Victim implements AutoCloseable {

    private static final String ENDED = "#ended";
    private static final long PATIENCE_SECONDS = 120;

    /** Quick to start rather than fast at the end. */
    private static final List<String> JVM =
            List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:-BytecodeVerificationRemote",
                    "-XX:-UsePerfData",
                    "-Xmx256m",
                    "-Duser.timezone=UTC",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private final Path log;
    private final List<String> settings;
    private final Map<String, Condition> conditions = new LinkedHashMap<>();
    private @Nullable Life life;

    private record Life(Process process, BufferedWriter orders, BlockingQueue<String> said) {}

    Victim(Path log, EmbeddedDatabase database, List<String> settings) {
        this.log = log;
        this.settings = new ArrayList<>(settings);
        this.settings.add("--spring.r2dbc.url=" + database.r2dbcUrl());
        this.settings.add("--spring.r2dbc.username=" + database.username());
        this.settings.add("--spring.r2dbc.password=" + database.password());
    }

    /** Returns when it runs. */
    void start() {
        try {
            Process process = new ProcessBuilder(command()).redirectErrorStream(true).start();
            BlockingQueue<String> said = new LinkedBlockingQueue<>();
            var orders =
                    new BufferedWriter(
                            new OutputStreamWriter(
                                    process.getOutputStream(), StandardCharsets.UTF_8));
            life = new Life(process, orders, said);
            Thread.ofVirtual().name("victim-log").start(() -> follow(process, said));
            conditions.forEach((address, condition) -> order(condition + " " + address));
            await(KilledProcess.READY);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        KilledProcess.class.getName()));
        command.addAll(settings);
        return command;
    }

    /** What a camera answers from now on, in this life and the next. */
    void are(Condition condition, String address) {
        conditions.put(address, condition);
        if (life != null) {
            order(condition + " " + address);
        }
    }

    /** It stops at this step when it next comes to it. */
    void arm(Step step) {
        order("arm " + step);
    }

    void awaitStep(Step step) {
        await(Gate.AT + step);
    }

    /** Waits so long, or until it ends by itself: it must not. */
    void runsFor(Duration time) {
        try {
            if (life().process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("ended, see " + tail());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** {@code SIGKILL}: no time to say goodbye. Returns when it is gone. */
    void kill() {
        Process process = life().process;
        life = null;
        process.destroyForcibly().onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        if (life != null) {
            kill();
        }
    }

    private Life life() {
        if (life == null) {
            throw new IllegalStateException("it is dead");
        }
        return life;
    }

    private void order(String line) {
        try {
            life().orders.write(line + "\n");
            life().orders.flush();
        } catch (IOException gone) {
            throw new IllegalStateException("it has ended, see " + tail(), gone);
        }
    }

    private void await(String wanted) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String said = "";
        try {
            while (!wanted.equals(said)) {
                said = life().said.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (said == null || said.equals(ENDED)) {
                    throw new AssertionError("not " + wanted + " but " + said + ":\n" + tail());
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private void follow(Process process, BlockingQueue<String> said) {
        try (var lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        process.getInputStream(), StandardCharsets.UTF_8));
                var file =
                        Files.newBufferedWriter(
                                log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                file.write(line + "\n");
                file.flush();
                if (line.startsWith("#")) {
                    said.add(line);
                }
            }
        } catch (IOException gone) {
            // a killed process closes its pipe like this
        } finally {
            said.add(ENDED);
        }
    }

    /** The end of what all its lives have written. */
    String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
        } catch (IOException none) {
            return "nothing was written: " + none;
        }
    }
}
