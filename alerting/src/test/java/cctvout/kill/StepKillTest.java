package cctvout.kill;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.kill.Kills.Course;
import cctvout.kill.Kills.Kill;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * {@code kill -9} at every named step between a result and the mark that its notice was sent, of a
 * fault and of its end.
 */
class StepKillTest {

    private static final int SEEDS = Integer.getInteger("kill.seeds", 4);
    private static final int AT_ANY_TIME = 5;
    private static final List<Course> COURSES =
            List.of(Course.ALONE, Course.TAKEN_UP, Course.SAID_TO_BE_REPAIRED, Course.OUTAGE);

    @TempDir Path folder;

    @Test
    void killedAtEachStepEveryFaultAndItsEndAreToldOnce() {
        try (Stage stage = new Stage(folder)) {
            Kills kills = new Kills(stage, new Random(1));
            stage.victim.start();
            kills.settle();
            List<Step> steps = shuffled(new Random(1));
            int half = steps.size() / 2;
            for (int i = 0; i < half; i++) {
                Course course = i == 1 ? Course.OUTAGE : i == 3 ? Course.TAKEN_UP : Course.ALONE;
                kills.fault(course, steps.get(i), steps.get(half + i));
            }
            kills.verdict();
        }
    }

    @Test
    @Tag("load")
    void andSoTheyAreWhateverHappensInBetween() {
        List<Kill> all = new ArrayList<>();
        int anyTime = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            try (Stage stage = new Stage(folder)) {
                Random random = new Random(seed);
                Kills kills = new Kills(stage, random);
                stage.victim.start();
                kills.settle();
                List<Step> inFault = shuffled(random);
                List<Step> inEnd = shuffled(random);
                for (int i = 0; i < inFault.size(); i++) {
                    Course course = COURSES.get((i + seed) % COURSES.size());
                    kills.fault(course, inFault.get(i), inEnd.get(i));
                }
                int before = kills.verdict();
                for (int i = 0; i < AT_ANY_TIME; i++) {
                    kills.atAnyTime(Duration.ofMillis(2500));
                }
                kills.allAreWell();
                anyTime += kills.verdict() - before;
                all.addAll(kills.kills());
                System.out.println("seed " + seed + ": " + all.size() + " kills at a step so far");
            }
        }
        table(all);
        System.out.printf(
                "%-20s %13d %22d %s%n",
                "at any time", SEEDS * AT_ANY_TIME, anyTime, "told once each");
        assertThat(all).hasSize(2 * SEEDS * Step.values().length);
    }

    @Test
    @Tag("load")
    void andSoTheyAreWhereFloodsGoAsDigests() {
        try (Stage stage =
                new Stage(
                        folder,
                        "--cctvout.notification.rate.webhook.burst=1",
                        "--cctvout.notification.rate.webhook.per-minute=120")) {
            Kills kills = new Kills(stage, new Random(5));
            stage.victim.start();
            kills.settle();
            List<Step> inEnd = shuffled(new Random(5));
            for (Step step : Step.values()) {
                kills.fault(Course.FLOOD, step, inEnd.get(step.ordinal()));
            }
            kills.verdict();
            table(kills.kills());
            assertThat(new Ledger(stage).carried()).as("notices in digests").isPositive();
        }
    }

    private static List<Step> shuffled(Random random) {
        List<Step> steps = new ArrayList<>(Arrays.asList(Step.values()));
        Collections.shuffle(steps, random);
        return steps;
    }

    private static void table(List<Kill> kills) {
        System.out.printf(
                "%-20s %6s %6s %22s %s%n",
                "killed at", "faults", "ends", "repeats (fault + end)", "verdict");
        for (Step step : Step.values()) {
            List<Kill> its = kills.stream().filter(kill -> kill.step() == step).toList();
            System.out.printf(
                    "%-20s %6d %6d %22s %s%n",
                    step,
                    its.stream().filter(kill -> !kill.end()).count(),
                    its.stream().filter(Kill::end).count(),
                    repeats(its, false) + " + " + repeats(its, true),
                    "told once each");
        }
    }

    private static int repeats(List<Kill> kills, boolean end) {
        return kills.stream().filter(kill -> kill.end() == end).mapToInt(Kill::repeats).sum();
    }
}
