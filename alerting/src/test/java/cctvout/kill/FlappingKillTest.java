package cctvout.kill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;

/**
 * {@code kill -9} at the steps between a result and the mark that its notice was sent, while a
 * camera, or a whole line, comes and goes: whoever is told of that is told once, and once that it
 * is over.
 */
class FlappingKillTest {

    private static final int SEEDS = Integer.getInteger("kill.seeds", 4);
    private static final int FLAPS = 3;
    private static final int MORE = 4;

    /** Nothing is sent while it comes and goes. */
    private static final List<Step> STORING =
            List.copyOf(EnumSet.range(Step.RESULT_DECIDED, Step.ROUND_STORED));

    private static final List<Step> SENDING =
            List.copyOf(EnumSet.range(Step.CLAIM_WRITTEN, Step.MARK_STORED));

    @TempDir Path folder;

    @Test
    @Tag("load")
    void aCameraThatComesAndGoesIsToldOnceWhateverStepAKillFallsInto() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            run(seed, Flapper.CAMERA);
        }
    }

    @Test
    @Tag("load")
    void andSoIsALineThatComesAndGoesAsAWhole() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            run(seed, Flapper.LINE);
        }
    }

    private void run(int seed, Flapper flapper) {
        Random random = new Random(seed);
        try (Stage stage =
                new Stage(
                        folder,
                        "--cctvout.alerting.flapping.faults=" + FLAPS,
                        "--cctvout.alerting.flapping.within=6h",
                        "--cctvout.alerting.flapping.calm=1h")) {
            Killer killer = new Killer(stage);
            flapper.register(stage);
            stage.victim.start();
            stage.until("peace", flapper.well(0));
            for (int fault = 1; fault < FLAPS; fault++) {
                flapper.fails(stage);
                stage.until("told", flapper.told(fault));
                flapper.recovers(stage);
                stage.until("end told", flapper.endTold(fault));
            }
            killer.kill(any(SENDING, random), () -> flapper.fails(stage));
            stage.until("told that it comes and goes", flapper.told(FLAPS));
            for (int more = 0; more < MORE; more++) {
                killer.kill(any(STORING, random), () -> flapper.recovers(stage));
                stage.until("well", flapper.well(FLAPS + more));
                killer.kill(any(STORING, random), () -> flapper.fails(stage));
                stage.until("down", flapper.down(FLAPS + more + 1));
            }
            killer.kill(any(STORING, random), () -> flapper.recovers(stage));
            stage.until("well", flapper.well(FLAPS + MORE));
            killer.kill(any(SENDING, random), stage::calm);
            stage.until("all told", flapper.endTold(FLAPS));
            Ledger ledger = new Ledger(stage);
            int repeats = ledger.checkTold(killer.inDoubt());
            List<String> subjects = stage.strings(flapper.subjects());
            assertThat(ledger.told(subjects.get(FLAPS - 1)))
                    .as("the time that it comes and goes")
                    .containsExactlyInAnyOrder(
                            flapper.party() + " OPENED",
                            flapper.party() + " RECOVERED",
                            "control RECOVERED");
            assertThat(subjects.subList(FLAPS, FLAPS + MORE))
                    .allSatisfy(one -> assertThat(ledger.told(one)).isEmpty());
            System.out.printf(
                    "%s, seed %d: %d kills, %d repeats of ids, told once and once of the end%n",
                    flapper, seed, killer.inDoubt().size(), repeats);
        }
    }

    private static Step any(List<Step> steps, Random random) {
        return steps.get(random.nextInt(steps.size()));
    }
}
