package cctvout.lab;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network namespace of the test's own, in which packets are lost and refused for real. It has a
 * loopback device, all of 127.0.0.0/8 answers, and a chain {@code inet lab in} for nft rules. What
 * is to be tested runs in it as a child JVM on this test's class path. Removed by {@link #close()},
 * at the latest when the JVM ends.
 */
public final class FaultLab implements AutoCloseable {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final long COMMAND_SECONDS = 20;

    /** Name of the device at each end of a link between two labs. */
    public static final String LINK = "cable";

    private final String name;
    private final Thread atExit = new Thread(this::remove);
    private final List<Process> children = new ArrayList<>();

    private FaultLab(String name) {
        this.name = name;
    }

    /** Why there can be none here; null where there can. For an assumption. */
    public static @Nullable String missing() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return "network namespaces need Linux";
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            return "network namespaces need root";
        }
        for (String tool : List.of("ip", "nft")) {
            if (Arrays.stream(System.getenv("PATH").split(":"))
                    .noneMatch(directory -> Files.isExecutable(Path.of(directory, tool)))) {
                return "the program " + tool + " is not installed";
            }
        }
        return null;
    }

    public static FaultLab create() {
        FaultLab lab =
                new FaultLab(
                        "cctvout-%d-%d"
                                .formatted(
                                        ProcessHandle.current().pid(), NUMBER.incrementAndGet()));
        execute("ip", "netns", "add", lab.name);
        Runtime.getRuntime().addShutdownHook(lab.atExit);
        try {
            lab.ip("link", "set", "lo", "up");
            lab.nft("add table inet lab");
            lab.nft("add chain inet lab in { type filter hook input priority 0; }");
            lab.nft("add set inet lab cut { type ipv4_addr; flags interval; }");
            lab.nft("add rule inet lab in ip daddr @cut drop");
        } catch (RuntimeException failed) {
            lab.close();
            throw failed;
        }
        return lab;
    }

    /** Lets every process have an unprivileged ICMP socket; a new namespace lets none. */
    public FaultLab allowPing() {
        return sysctl("net.ipv4.ping_group_range=0 2147483647");
    }

    /** Such as {@code net.ipv4.icmp_echo_ignore_all=1}. */
    public FaultLab sysctl(String setting) {
        inside("sysctl", "-q", "-w", setting);
        return this;
    }

    /** Such as {@code add rule inet lab in ip daddr 127.6.0.0/16 drop}. */
    public FaultLab nft(String command) {
        inside("nft", command);
        return this;
    }

    /** {@code ip} on the namespace, such as {@code route add unreachable 127.9.0.0/16}. */
    public FaultLab ip(String... arguments) {
        List<String> command = new ArrayList<>(List.of("ip", "-n", name));
        command.addAll(List.of(arguments));
        execute(command.toArray(String[]::new));
        return this;
    }

    /**
     * A link to another lab, that either can cut: a device in each, see {@link #LINK}.
     *
     * @param address of this end, such as {@code 10.99.0.1/24}
     * @param peer of the other
     */
    public FaultLab join(String address, FaultLab other, String peer) {
        ip("link", "add", LINK, "type", "veth", "peer", "name", LINK, "netns", other.name);
        ip("addr", "add", address, "dev", LINK).ip("link", "set", LINK, "up");
        other.ip("addr", "add", peer, "dev", LINK).ip("link", "set", LINK, "up");
        return this;
    }

    /** As {@code ip -n} takes it. */
    public String name() {
        return name;
    }

    /** Nothing reaches these addresses (or ranges) any more, at once for all. */
    public FaultLab cut(String... addresses) {
        return nft("add element inet lab cut { " + String.join(", ", addresses) + " }");
    }

    /** What {@link #cut} did is undone. */
    public FaultLab repair(String... addresses) {
        return nft("delete element inet lab cut { " + String.join(", ", addresses) + " }");
    }

    /** Starts a main class of this class path inside; ended with the lab. */
    public Process start(Class<?> main, List<String> jvmOptions, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "ip",
                                "netns",
                                "exec",
                                name,
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-XX:TieredStopAtLevel=1"));
        command.addAll(jvmOptions);
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        main.getName()));
        command.addAll(List.of(arguments));
        try {
            Process child = new ProcessBuilder(command).start();
            children.add(child);
            return child;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Runs a main class inside to its end: the lines that it printed. */
    public List<String> run(Class<?> main, long seconds, String... arguments) {
        return lines(start(main, List.of(), arguments), seconds, main.getSimpleName());
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void remove() {
        children.forEach(Process::destroyForcibly);
        execute("ip", "netns", "delete", name);
    }

    private void inside(String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(List.of(command));
        execute(all.toArray(String[]::new));
    }

    private static void execute(String... command) {
        try {
            lines(new ProcessBuilder(command).start(), COMMAND_SECONDS, String.join(" ", command));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<String> lines(Process process, long seconds, String what) {
        Thread killer =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                                            process.destroyForcibly();
                                        }
                                    } catch (InterruptedException over) {
                                        process.destroyForcibly();
                                    }
                                });
        try {
            String printed =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String errors =
                    new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            killer.join();
            if (process.exitValue() != 0) {
                throw new IllegalStateException(
                        "%s: exit %d, %s%s".formatted(what, process.exitValue(), printed, errors));
            }
            return printed.lines().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(what, interrupted);
        }
    }
}
