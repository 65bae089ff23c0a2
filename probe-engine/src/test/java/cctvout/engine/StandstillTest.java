package cctvout.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;

/** The process is stopped by a signal, as a suspended or frozen machine stops it. */
class StandstillTest {

    /** Rates are taken over so long, so that a busy machine's own unevenness does not count. */
    private static final long WINDOW_MS = 4_000;

    private record Tick(long ms, long checks, int faults, EngineState state) {
        static Tick of(String line) {
            String[] words = line.split(" ", -1);
            return new Tick(
                    Long.parseLong(words[0]),
                    Long.parseLong(words[1]),
                    Integer.parseInt(words[2]),
                    EngineState.valueOf(words[3]));
        }
    }

    @Test
    void blamesNobodyAndMakesNoBurst() throws Exception {
        standStill(600, Duration.ofSeconds(5), Duration.ofSeconds(3));
    }

    @Test
    @Tag("load")
    void blamesNobodyAndMakesNoBurstAfterHalfAMinute() throws Exception {
        standStill(6_000, Duration.ofSeconds(60), Duration.ofSeconds(30));
    }

    private static void standStill(int cameras, Duration interval, Duration pause)
            throws Exception {
        Process child = start(cameras, interval);
        try (BufferedReader said = child.inputReader()) {
            List<Tick> before = ticks(said, (first, last) -> last.checks() >= cameras);
            assumeThat(before).as("ICMP sockets can be opened here").isNotEmpty();
            assertThat(before.getLast().checks()).isGreaterThanOrEqualTo(cameras);
            signal("-STOP", child);
            assertThat(child.waitFor(pause.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
            signal("-CONT", child);
            long span = pause.multipliedBy(3).plusSeconds(3).toMillis();
            List<Tick> after = ticks(said, (first, last) -> last.ms() - first.ms() > span);
            double usual = cameras * 1e3 / interval.toMillis();
            assertThat(after.getLast().faults()).isZero();
            assertThat(after).anyMatch(tick -> tick.state() == EngineState.PAUSED);
            assertThat(after.getLast().checks())
                    .as("what was missed was made up for")
                    .isGreaterThan(before.getLast().checks() + (long) (usual * 2));
            assertThat(highestRate(after)).as("usual: %s/s", usual).isLessThan(2 * usual);
        } finally {
            child.destroyForcibly();
        }
    }

    /** As far as they are enough, or to the end of the process. */
    private static List<Tick> ticks(BufferedReader said, BiPredicate<Tick, Tick> enough)
            throws IOException {
        List<Tick> ticks = new ArrayList<>();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.matches("\\d+ \\d+ \\d+ \\w+")) {
                ticks.add(Tick.of(line));
                if (enough.test(ticks.getFirst(), ticks.getLast())) {
                    break;
                }
            }
        }
        return ticks;
    }

    /** Checks a second, in the worst window. */
    private static double highestRate(List<Tick> ticks) {
        double highest = 0;
        int from = 0;
        for (Tick tick : ticks) {
            while (tick.ms() - ticks.get(from + 1 < ticks.size() ? from + 1 : from).ms()
                    >= WINDOW_MS) {
                from++;
            }
            long span = tick.ms() - ticks.get(from).ms();
            if (span >= WINDOW_MS) {
                highest =
                        Math.max(highest, (tick.checks() - ticks.get(from).checks()) * 1e3 / span);
            }
        }
        return highest;
    }

    private static Process start(int cameras, Duration interval) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StandstillMain.class.getName(),
                        Integer.toString(cameras),
                        interval.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void signal(String signal, Process child) throws Exception {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(child.pid())).start();
        assertThat(kill.waitFor()).isZero();
    }
}
