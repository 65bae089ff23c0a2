package cctvout.store;

import com.sun.security.auth.module.UnixSystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs, which refuse to run as root: there they run in a user namespace of
 * their own, where the same user is nobody.
 */
final class Programs {
    private static final List<String> NAMESPACE = List.of("unshare", "--user");
    private static final int TAIL = 2000;

    private Programs() {}

    /**
     * @throws IOException with the program's last words where it did not end well in time
     */
    static void run(Path folder, Duration timeout, String... command) throws IOException {
        List<String> words = new ArrayList<>();
        if (Permissions.known(folder) && isRoot()) {
            if (execute(folder, Duration.ofSeconds(10), List.of("unshare", "--user", "true"))
                    != 0) {
                throw new StoreException(
                        "PostgreSQL does not run as root, and no user namespace is allowed here (%s):"
                                        .formatted(said(folder))
                                + " start as another user, or name a server with spring.r2dbc.url");
            }
            words.addAll(NAMESPACE);
        }
        words.addAll(List.of(command));
        int code = execute(folder, timeout, words);
        if (code != 0) {
            throw new IOException(
                    "%s ended with %d: %s".formatted(command[0], code, tail(said(folder))));
        }
    }

    /** The end of a long text. */
    static String tail(String text) {
        return text.length() <= TAIL ? text : "…" + text.substring(text.length() - TAIL);
    }

    private static int execute(Path folder, Duration timeout, List<String> command)
            throws IOException {
        // To a file: a server that is started here must not hold a pipe of ours.
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output(folder).toFile())
                        .start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IOException(command + " took longer than " + timeout);
            }
            return process.exitValue();
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + command, stopped);
        }
    }

    private static Path output(Path folder) {
        return folder.resolve("program.log");
    }

    private static String said(Path folder) throws IOException {
        return Files.readString(output(folder)).strip();
    }

    private static boolean isRoot() {
        return new UnixSystem().getUid() == 0;
    }
}
