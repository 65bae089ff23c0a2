package cctvout.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a command reads and writes.
 *
 * @param watched somebody looks at {@code err}, so that progress may be drawn there
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, boolean watched) {

    private static final Path ERROR = Path.of("/proc/self/fd/2");

    static boolean errorIsTerminal() {
        try {
            String target = Files.readSymbolicLink(ERROR).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException notLinux) {
            return false;
        }
    }
}
