package cctvout.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the kernel says of processes, see proc_pid_stat(5) and proc_pid_status(5). */
final class ProcessFigures {

    private static final double TICKS_PER_SECOND = 100;
    private static final int USER = 11;
    private static final int WAITED_USER = 13;

    private ProcessFigures() {}

    /** CPU that it has used, with all its threads, seconds. */
    static double cpuSeconds(long pid) {
        return twoFields(pid, USER);
    }

    /** The same with its living children, and with those that have ended. */
    static double cpuSecondsOfTree(long pid) {
        double own = twoFields(pid, USER) + twoFields(pid, WAITED_USER);
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .mapToDouble(child -> ofOneThatMayEnd(child.pid()))
                .reduce(own, Double::sum);
    }

    private static double ofOneThatMayEnd(long pid) {
        try {
            return cpuSeconds(pid);
        } catch (UncheckedIOException ended) {
            return 0;
        }
    }

    private static double twoFields(long pid, int first) {
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[first]) + Long.parseLong(fields[first + 1]))
                / TICKS_PER_SECOND;
    }

    static double residentMiB(long pid) {
        return status(pid, "VmRSS:");
    }

    /** At any time so far. */
    static double mostResidentMiB(long pid) {
        return status(pid, "VmHWM:");
    }

    private static double status(long pid, String field) {
        return read(pid, "status")
                        .lines()
                        .filter(line -> line.startsWith(field))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                / 1024.0;
    }

    /** The PostgreSQL that keeps its data somewhere below this folder. */
    static long postmaster(Path folder) {
        try (Stream<Path> found =
                Files.find(folder, 5, (path, _) -> path.endsWith("postmaster.pid"))) {
            return Long.parseLong(Files.readAllLines(found.findFirst().orElseThrow()).getFirst());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
