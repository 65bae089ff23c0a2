package cctvout.cli;

import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.Scenario;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import reactor.core.Disposable;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        versionProvider = Cli.Version.class,
        description = "Serves simulated HLS cameras on 127.x.y.z, until Ctrl-C.",
        footer = {
            "",
            "A scenario is a step a line, such as",
            "  at 10s cameras 1-50 freeze for 30s",
            "  at 1m line L-03 cut for 40s",
            "  repeat every 5m"
        })
final class SimulateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--cameras", defaultValue = "1000", description = "how many (1000)")
    private int cameras;

    @Option(names = "--port", defaultValue = "18080", description = "of all of them (18080)")
    private int port;

    @Option(
            names = "--per-server",
            defaultValue = "0",
            description = "streams on one media server (0: each camera serves its own)")
    private int perServer;

    @Option(names = "--scenario", paramLabel = "FILE", description = "faults that come and go")
    private @Nullable Path scenario;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "writes the cameras as check and import take them")
    private @Nullable Path csv;

    SimulateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintStream err = terminal.err();
        try {
            FleetOptions options = FleetOptions.of(Fleet.of(cameras, perServer), port);
            serve(options.playing(scenario()));
            return Cli.HEALTHY;
        } catch (IOException unusable) {
            err.println("cannot be read or written: " + unusable.getMessage());
        } catch (IllegalArgumentException wrong) {
            err.println(wrong.getMessage());
        } catch (ExecutionException failed) {
            err.println(failed.getCause() == null ? failed : failed.getCause().getMessage());
        }
        return Cli.BAD_INPUT;
    }

    private void serve(FleetOptions options)
            throws IOException, InterruptedException, ExecutionException {
        FleetServer server = FleetServer.start(options).toFuture().get();
        try (server) {
            if (csv != null) {
                Files.write(csv, (Iterable<String>) server.fleet().csv(server.port())::iterator);
            }
            terminal.out().println(cameras + " cameras, the first at " + server.url(1));
            terminal.out().flush();
            var closed = new CountDownLatch(1);
            Disposable end =
                    server.closed().subscribe(null, _ -> closed.countDown(), closed::countDown);
            closed.await();
            end.dispose();
        }
    }

    private Scenario scenario() throws IOException {
        if (scenario == null) {
            return Scenario.NONE;
        }
        try {
            return Scenario.parse(Files.readString(scenario, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(scenario + ": " + wrong.getMessage(), wrong);
        }
    }
}
