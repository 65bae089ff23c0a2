package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Three processes probe 10,000 cameras together while some of them flip: one is killed, one stands
 * still for a minute, one is added. {@code -Dcctvout.shards.cameras=2000} makes it smaller.
 */
@Tag("load")
class ShardsTest {

    private static final long STANDSTILL_SECONDS = 60;
    private static final Duration WINDOW = Duration.ofSeconds(20);
    private static final Pattern CHECKS =
            Pattern.compile("cctvout_probe_lateness_seconds_count\\{[^}]*} ([0-9.E]+)");
    private static final Pattern STALE =
            Pattern.compile(
                    "cctvout_cluster_stale_writes_total\\{[^}]*write=\"(\\w+)\"[^}]*} ([0-9.E]+)");

    @TempDir Path folder;

    @Test
    void whatAKilledProcessProbedIsProbedByTheOthers() throws Exception {
        try (ShardStage stage = new ShardStage(folder)) {
            stage.allWell();
            cost(stage.one, stage.two, stage.three);

            stage.flip(true);
            stage.one.kill();
            stage.partIsLeft("one", System.nanoTime());
            cost(stage.two, stage.three);
            stage.judged(stage.two);

            stage.two.kill();
            stage.partIsLeft("two", System.nanoTime());
            cost(stage.three);
        }
    }

    @Test
    void whatAProcessThatStoodStillStillWantsToWriteIsRefused() throws Exception {
        try (ShardStage stage = new ShardStage(folder)) {
            stage.allWell();

            stage.flip(true);
            signal("STOP", stage.two);
            long stopped = System.nanoTime();
            stage.partIsLeft("two", stopped);
            stage.three.runsFor(
                    Duration.ofSeconds(STANDSTILL_SECONDS).minusNanos(System.nanoTime() - stopped));
            signal("CONT", stage.two);
            stage.hasItsPart("two", 75, 95, System.nanoTime());
            stage.judged(stage.two);

            Map<String, Double> stale = new TreeMap<>();
            for (Product product : List.of(stage.one, stage.two, stage.three)) {
                stale(product).forEach((write, n) -> stale.merge(write, n, Double::sum));
            }
            ShardStage.report("stale writes refused: %s", stale);
            assertThat(stale.values().stream().mapToDouble(n -> n).sum()).isPositive();
        }
    }

    @Test
    void aProcessThatIsAddedTakesItsPart() throws Exception {
        try (ShardStage stage = new ShardStage(folder)) {
            stage.allWell();

            stage.flip(true);
            long added = System.nanoTime();
            Product four = stage.start("four", "probe");
            stage.hasItsPart("four", 60, 68, added);
            stage.judged(four);
        }
    }

    /** What the processes do in a while, and the CPU that each takes for it. */
    private static void cost(Product... nodes) throws Exception {
        double[] before = new double[nodes.length];
        double[] cpu = new double[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            before[i] = checks(nodes[i]);
            cpu[i] = cpuSeconds(nodes[i]);
        }
        long began = System.nanoTime();
        nodes[0].runsFor(WINDOW);
        StringBuilder each = new StringBuilder();
        double all = 0;
        double allCpu = 0;
        double seconds = ShardStage.since(began);
        for (int i = 0; i < nodes.length; i++) {
            double done = checks(nodes[i]) - before[i];
            double used = cpuSeconds(nodes[i]) - cpu[i];
            all += done;
            allCpu += used;
            each.append(" %.0f/s %.0f %%".formatted(done / seconds, 100 * used / seconds));
        }
        ShardStage.report(
                "%d nodes: %.0f checks/s, %.2f ms of CPU each;%s",
                nodes.length, all / seconds, 1000 * allCpu / all, each);
    }

    private static double checks(Product node) {
        var count = CHECKS.matcher(node.console().text("/actuator/prometheus"));
        double sum = 0;
        while (count.find()) {
            sum += Double.parseDouble(count.group(1));
        }
        return sum;
    }

    private static double cpuSeconds(Product node) {
        return ProcessHandle.of(node.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .map(used -> used.toMillis() / 1000.0)
                .orElseThrow();
    }

    private static void signal(String name, Product product) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, "" + product.pid()).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private static Map<String, Double> stale(Product product) {
        Map<String, Double> found = new TreeMap<>();
        var matches = STALE.matcher(product.console().text("/actuator/prometheus"));
        while (matches.find()) {
            found.put(matches.group(1), Double.parseDouble(matches.group(2)));
        }
        return found;
    }
}
