package cctvout.load;

import static cctvout.load.LoadedCity.say;

import java.nio.file.Files;
import java.nio.file.Path;

/** All cameras into an application that was started a moment ago, three times; then once more. */
final class ImportRun {

    private static final int ROUNDS = 3;

    private ImportRun() {}

    static void run(Path folder, LoadOptions options) throws Exception {
        for (int round = 1; round <= ROUNDS; round++) {
            Path own = Files.createDirectories(folder.resolve("round-" + round));
            try (LoadedCity city = new LoadedCity(own, options)) {
                double before = ProcessFigures.residentMiB(city.product().pid());
                city.registered();
                say(
                        "resident: %.0f MiB before, %.0f MiB at most (%s)",
                        before,
                        ProcessFigures.mostResidentMiB(city.product().pid()),
                        options.jvm());
                city.registered();
            }
        }
    }
}
