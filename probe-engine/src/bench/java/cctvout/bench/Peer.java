package cctvout.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Measures a process from outside, and says figures in the same form for us and a peer. */
public final class Peer {

    private static final double TICKS_PER_SECOND = 100;

    private Peer() {}

    /** Whether a program is there to be compared with. */
    public static boolean installed(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** CPU that a process has used so far, its threads' too, seconds: proc_pid_stat(5). */
    public static double cpuSeconds(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    /** CPU of children that have ended and been waited for, and of this process, seconds. */
    public static double cpuSecondsOfEndedChildren() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / TICKS_PER_SECOND;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    public static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** One line of a table: what, then how many a second, then CPU of each, microseconds. */
    public static void say(String what, double perSecond, double cpuMicros) {
        System.out.printf(
                Locale.ROOT, "%-28s %12.0f /s %10.1f us CPU each%n", what, perSecond, cpuMicros);
    }
}
