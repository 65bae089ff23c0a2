package cctvout.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;

import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The commands of the jar that are not the server. */
@Command(
        name = "cctv-out",
        mixinStandardHelpOptions = true,
        versionProvider = Cli.Version.class,
        header = "Watches city CCTV, and says whose fault it is.",
        description = "Without a command it is the server: java -jar cctv-out.jar",
        subcommands = HelpCommand.class)
public final class Cli implements Runnable {

    static final int HEALTHY = 0;
    static final int SOME_NOT = 1;
    static final int BAD_INPUT = 2;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    private Cli() {}

    /** What the process exits with: 0, 1 or 2. */
    public static int run(String[] args) {
        return run(
                new Terminal(System.in, System.out, System.err, Terminal.errorIsTerminal()), args);
    }

    static int run(Terminal terminal, String... args) {
        silence();
        PrintWriter err = writer(terminal.err());
        return new CommandLine(new Cli())
                .addSubcommand(new CheckCommand(terminal))
                .addSubcommand(new SimulateCommand(terminal))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(writer(terminal.out()))
                .setErr(err)
                .setExecutionExceptionHandler(
                        (failure, _, _) -> {
                            err.println("cctv-out: " + failure);
                            return BAD_INPUT;
                        })
                .execute(args);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command: check, simulate or help?");
    }

    /** Standard output is the result's: what the libraries log would be in its way. */
    private static void silence() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
        }
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Cli.class.getPackage().getImplementationVersion();
            return new String[] {"CCTV Out " + (version == null ? "(not packaged)" : version)};
        }
    }
}
