package cctvout.store;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Finds PostgreSQL processes of one data folder among all that run. */
final class Postmasters {
    private static final Logger log = LoggerFactory.getLogger(Postmasters.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Path PROC = Path.of("/proc");

    private Postmasters() {}

    /**
     * The server that the folder's lock file names, if that process is one: the number may belong
     * to somebody else by now.
     */
    static Optional<ProcessHandle> running(Path data) throws IOException {
        Path file = lockFile(data);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Files.readAllLines(file).stream()
                .findFirst()
                .flatMap(Postmasters::number)
                .flatMap(ProcessHandle::of)
                .filter(process -> serves(process, data));
    }

    /** Server and backends that work in this folder, also those whose server was killed. */
    static List<ProcessHandle> all(Path data) throws IOException {
        if (!Files.isDirectory(PROC)) {
            return running(data).stream().toList();
        }
        return ProcessHandle.allProcesses().filter(process -> serves(process, data)).toList();
    }

    /**
     * Waits for those whose server is gone to end by themselves, and kills what does not. One that
     * has ended but that nobody has collected serves no more, though the system still lists it.
     */
    static void awaitEnd(Path data) throws IOException {
        long patience = System.nanoTime() + PATIENCE.toNanos();
        long limit = patience + PATIENCE.toNanos();
        for (List<ProcessHandle> left; !(left = all(data)).isEmpty(); ) {
            if (System.nanoTime() > limit) {
                throw new IOException("processes %s do not end".formatted(left));
            }
            if (System.nanoTime() > patience) {
                log.warn("killing PostgreSQL's processes {}", left);
                left.forEach(ProcessHandle::destroyForcibly);
            }
            awaitBriefly(left.getFirst());
        }
    }

    private static void awaitBriefly(ProcessHandle process) throws IOException {
        try {
            process.onExit().get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException lookAgain) {
            log.trace("{} is there", process);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    static Path lockFile(Path data) {
        return data.resolve("postmaster.pid");
    }

    private static Optional<Long> number(String line) {
        try {
            return Optional.of(Long.parseLong(line.strip()));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static boolean isPostgres(String command) {
        return command.endsWith("postgres") || command.endsWith("postgres.exe");
    }

    // PostgreSQL's processes all have the data folder as their working folder.
    private static boolean serves(ProcessHandle process, Path data) {
        Path proc = PROC.resolve(Long.toString(process.pid()));
        if (!Files.isDirectory(PROC)) {
            return process.info().command().filter(Postmasters::isPostgres).isPresent();
        }
        try {
            return Files.readSymbolicLink(proc.resolve("cwd")).equals(data.toRealPath())
                    && Files.readString(proc.resolve("comm")).startsWith("postgres");
        } catch (IOException goneOrNotOurs) {
            return false;
        }
    }
}
