package cctvout;

import java.lang.reflect.InvocationTargetException;
import java.util.Set;

/**
 * Start of the jar. Compiled for Java 17, and the other classes named only as text, so that an
 * older JDK says which one is needed instead of failing on a class file.
 */
public final class Main {

    static final int NEEDED = 25;

    /** What is about the commands, and no setting of the server's. */
    private static final Set<String> FLAGS = Set.of("--help", "-h", "--version", "-V");

    private static final String SERVER = "serve";

    private Main() {}

    public static void main(String[] args) throws Exception {
        if (Runtime.version().feature() < NEEDED) {
            System.err.println(refusal(Runtime.version(), System.getProperty("java.home")));
            System.exit(2);
        }
        if (args.length > 0 && isCommand(args[0])) {
            System.exit((int) call("cctvout.cli.Cli", "run", args));
        }
        call("cctvout.CctvOutApplication", "main", args);
    }

    /** Also where there is none of that name: a slip must not start a server. */
    static boolean isCommand(String first) {
        return FLAGS.contains(first)
                || !first.startsWith("-") && !first.isBlank() && !first.equals(SERVER);
    }

    static String refusal(Runtime.Version found, String home) {
        return "CCTV Out needs JDK "
                + NEEDED
                + " or newer; this is "
                + found
                + " in "
                + home
                + ". Start it with .../jdk-"
                + NEEDED
                + "/bin/java -jar cctv-out.jar";
    }

    private static Object call(String type, String method, String[] args) throws Exception {
        try {
            return Class.forName(type)
                    .getMethod(method, String[].class)
                    .invoke(null, (Object) args);
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw failed;
        }
    }
}
