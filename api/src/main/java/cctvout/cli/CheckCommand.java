package cctvout.cli;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.camera.CameraInterval;
import cctvout.importing.CharsetNames;
import cctvout.network.AllowedNetworks;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Cli.Version.class,
        description = "Probes each camera once, without a database.",
        footer = {
            "",
            "A table has the import's columns: id, and ip or hlsUrl, at least.",
            "Exit: 0 all healthy, 1 some not, 2 bad input."
        })
final class CheckCommand implements Callable<Integer> {

    private static final CameraCheck CHECK =
            new CameraCheck(
                    AllowedNetworks.everywhere(),
                    "multicast and broadcast addresses are never probed");

    private final Terminal terminal;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TARGET",
            arity = "1..*",
            description =
                    "a CSV (UTF-8 or MS949) or XLSX file, or one with an address, a host name or a"
                            + " URL a line (- is standard input); or these themselves")
    private List<String> targets = List.of();

    @Option(names = "--count", defaultValue = "4", description = "echoes a camera, 1 to 20 (4)")
    private int count;

    @Option(
            names = "--timeout",
            description =
                    "what each echo waits (1s); where it is given, a stream's connection and"
                            + " answer too (else 3s and 8s)")
    private @Nullable String timeout;

    @ArgGroup private @Nullable Only only;

    @Option(names = "--json", description = "one JSON object a line instead of columns")
    private boolean json;

    @Option(
            names = "--charset",
            defaultValue = "auto",
            description = "of a CSV: auto, utf-8, ms949 (auto: told by content)")
    private String charset = "auto";

    private static final class Only {
        @Option(names = "--icmp-only", description = "echoes alone")
        private boolean icmp;

        @Option(names = "--hls-only", description = "streams alone")
        private boolean hls;
    }

    CheckCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        CheckOptions options = options();
        List<Camera> cameras = cameras(named());
        if (cameras.isEmpty()) {
            return Cli.BAD_INPUT;
        }
        try (Probers probers = Probers.open(options, cameras.size())) {
            return new CheckRun(cameras, probers, terminal, json).call();
        }
    }

    private CheckOptions options() {
        boolean icmp = only == null || !only.hls;
        boolean hls = only == null || !only.icmp;
        Duration wait = null;
        try {
            wait = timeout == null ? null : CameraInterval.parse(timeout);
            return new CheckOptions(count, wait, icmp, hls);
        } catch (IllegalArgumentException wrong) {
            String option = wait == null && timeout != null ? "--timeout: " : "";
            throw new ParameterException(spec.commandLine(), option + wrong.getMessage(), wrong);
        }
    }

    /** Empty where there is nothing to probe; why was told then. */
    private List<Camera> cameras(@Nullable Charset charset) {
        if (targets.stream().allMatch(NamedTargets::isTarget)) {
            return arguments();
        }
        if (targets.size() > 1) {
            return refused("one file, or addresses and URLs, not both: " + targets);
        }
        return new CameraFile(CHECK, terminal.err()::println)
                .read(targets.getFirst(), terminal.in(), charset);
    }

    private List<Camera> arguments() {
        List<String> refusals = new ArrayList<>();
        List<Camera> cameras = NamedTargets.cameras(targets, CHECK, refusals);
        refusals.forEach(terminal.err()::println);
        return refusals.isEmpty() ? cameras : List.of();
    }

    private @Nullable Charset named() {
        try {
            return CharsetNames.parse(charset);
        } catch (IllegalArgumentException unknown) {
            throw new ParameterException(spec.commandLine(), "--" + unknown.getMessage(), unknown);
        }
    }

    private List<Camera> refused(String why) {
        terminal.err().println(why);
        return List.of();
    }
}
