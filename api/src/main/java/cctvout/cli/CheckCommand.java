package cctvout.cli;

import cctvout.camera.Camera;
import cctvout.camera.CameraCheck;
import cctvout.camera.CameraInterval;
import cctvout.importing.CameraListing;
import cctvout.importing.CharsetNames;
import cctvout.importing.RowError;
import cctvout.importing.TableException;
import cctvout.network.AllowedNetworks;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
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
            "A file has the import's columns: id, and ip or hlsUrl, at least.",
            "Exit: 0 all healthy, 1 some not, 2 bad input."
        })
final class CheckCommand implements Callable<Integer> {

    static final int MAX_CAMERAS = 1_000_000;
    static final int MAX_ERRORS = 20;

    private final Terminal terminal;

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "TARGET",
            arity = "1..*",
            description =
                    "a CSV file in UTF-8 or MS949 (- is standard input), or addresses, host names"
                            + " and URLs of streams")
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
            description = "of the file: auto, utf-8, ms949 (auto: told by content)")
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
        List<Camera> cameras = cameras();
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
    private List<Camera> cameras() {
        if (targets.stream().allMatch(NamedTargets::isTarget)) {
            return named();
        }
        if (targets.size() > 1) {
            return refused("one file, or addresses and URLs, not both: " + targets);
        }
        return listed(targets.getFirst());
    }

    private List<Camera> named() {
        List<String> refusals = new ArrayList<>();
        var check = new CameraCheck(AllowedNetworks.everywhere());
        List<Camera> cameras = NamedTargets.cameras(targets, check, refusals);
        refusals.forEach(terminal.err()::println);
        return refusals.isEmpty() ? cameras : List.of();
    }

    private List<Camera> listed(String file) {
        String name = file.equals("-") ? "standard input" : file;
        CameraListing listing;
        try (InputStream in = open(file)) {
            var check = new CameraCheck(AllowedNetworks.everywhere());
            listing =
                    CameraListing.read(
                            in, CharsetNames.parse(charset), check, MAX_CAMERAS, MAX_ERRORS);
        } catch (IOException unreadable) {
            return refused(name + ": cannot be read: " + unreadable.getMessage());
        } catch (TableException noTable) {
            return refused(name + ": " + noTable.getMessage());
        } catch (IllegalArgumentException badCharset) {
            throw new ParameterException(
                    spec.commandLine(), "--" + badCharset.getMessage(), badCharset);
        }
        return listing.rejected() > 0 ? refused(name, listing) : enabled(name, listing.cameras());
    }

    private List<Camera> enabled(String name, List<Camera> cameras) {
        if (cameras.isEmpty()) {
            return refused(name + ": no camera");
        }
        List<Camera> enabled = cameras.stream().filter(Camera::enabled).toList();
        if (enabled.size() < cameras.size()) {
            terminal.err()
                    .println((cameras.size() - enabled.size()) + " cameras are off and left out");
        }
        return enabled.isEmpty() ? refused(name + ": no camera that is on") : enabled;
    }

    private List<Camera> refused(String name, CameraListing listing) {
        for (RowError error : listing.errors()) {
            terminal.err().println(name + ": " + error.text());
        }
        String more =
                listing.errorsLeftOut() > 0 ? ", " + listing.errorsLeftOut() + " errors more" : "";
        return refused(name + ": " + listing.rejected() + " rows are no cameras" + more);
    }

    private List<Camera> refused(String why) {
        terminal.err().println(why);
        return List.of();
    }

    private InputStream open(String file) throws IOException {
        if (!file.equals("-")) {
            return new FileInputStream(file);
        }
        return new FilterInputStream(terminal.in()) {
            @Override
            public void close() {
                // standard input is not ours to close
            }
        };
    }
}
