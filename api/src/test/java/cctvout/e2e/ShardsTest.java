package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import cctvout.simulator.Fault;
import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.SimulatedCamera;
import cctvout.simulator.Target;
import cctvout.store.EmbeddedDatabase;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Three processes probe 10,000 cameras together while some of them flip: one is killed, one stands
 * still for a minute, one is added. {@code -Dcctvout.shards.cameras=2000} makes it smaller.
 */
@Tag("load")
class ShardsTest {

    private static final int CAMERAS = Integer.getInteger("cctvout.shards.cameras", 10_000);

    /** Every so manieth camera flips. */
    private static final int FLIPS = 40;

    private static final Duration INTERVAL = Duration.ofSeconds(20);
    private static final Duration TAKEOVER = Duration.ofSeconds(10);
    private static final Duration BOUND = INTERVAL.multipliedBy(2).plus(TAKEOVER);

    /** What a machine that others use adds, most of all to a process that was just started. */
    private static final Duration BUSY = Duration.ofSeconds(5);

    /** Until a flip is surely seen: unprobed for so long, confirmed, and some more. */
    private static final Duration SEEN = BOUND.plusSeconds(25);

    private static final long STANDSTILL_SECONDS = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(240);
    private static final Duration WINDOW = Duration.ofSeconds(20);
    private static final Pattern CHECKS =
            Pattern.compile("cctvout_probe_lateness_seconds_count\\{[^}]*} ([0-9.E]+)");
    private static final Pattern STALE =
            Pattern.compile(
                    "cctvout_cluster_stale_writes_total\\{[^}]*write=\"(\\w+)\"[^}]*} ([0-9.E]+)");

    @TempDir Path folder;

    @Test
    void noCameraIsUnprobedForLongAndNoneIsJudgedWrongly() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.createFresh();
                KafkaProcess broker =
                        new KafkaProcess(Files.createDirectory(folder.resolve("kafka")));
                FleetServer fleet =
                        FleetServer.start(FleetOptions.of(Fleet.of(CAMERAS), 0)).toFuture().get();
                Product desk = process("desk", "api,alerting", database, broker);
                Product one = process("one", "probe", database, broker);
                Product two = process("two", "probe", database, broker);
                Product three = process("three", "probe", database, broker)) {
            Sql sql = new Sql(database.database());
            sql.await("three share", PATIENCE, "select count(distinct node) = 3 from probe_shard");
            desk.console().imported(csv(fleet));
            sql.await(
                    "all healthy",
                    PATIENCE,
                    "select count(*) = "
                            + CAMERAS
                            + " from camera_status where verdict = 'HEALTHY'");
            // what comes now is no first look, and has no second one behind it
            settle(one, INTERVAL.multipliedBy(2));
            cost(one, two, three);
            String begin = sql.text("select now()::text");
            String first = sql.text("select max(seq)::text from event_log");

            flip(fleet, true);
            one.kill();
            long killed = System.nanoTime();
            sql.await(
                    "taken over from one",
                    PATIENCE,
                    "select count(*) = 0 from probe_shard where node = 'one'");
            report("killed: its shards were others' after %.1f s", since(killed));
            settle(two, SEEN.minus(WINDOW));
            cost(two, three);

            flip(fleet, false);
            signal("STOP", two);
            long stopped = System.nanoTime();
            sql.await(
                    "taken over from two",
                    PATIENCE,
                    "select count(*) = 0 from probe_shard where node = 'two'");
            report("stood still: its shards were others' after %.1f s", since(stopped));
            settle(
                    three,
                    Duration.ofSeconds(STANDSTILL_SECONDS).minusNanos(System.nanoTime() - stopped));
            signal("CONT", two);
            long resumed = System.nanoTime();
            sql.await(
                    "two has its part again",
                    PATIENCE,
                    "select count(*) between 118 and 138 from probe_shard where node = 'two'");
            report("its part again %.1f s after it went on", since(resumed));
            settle(two, INTERVAL);
            flip(fleet, true);
            try (Product four = process("four", "probe", database, broker)) {
                sql.await(
                        "four has its part",
                        PATIENCE,
                        "select count(*) between 80 and 90 from probe_shard where node = 'four'");
                settle(four, SEEN);
                flip(fleet, false);
                settle(four, SEEN);

                Map<String, Double> stale = new TreeMap<>();
                for (Product product : List.of(two, three, four)) {
                    stale(product).forEach((write, n) -> stale.merge(write, n, Double::sum));
                }
                report("stale writes refused: %s", stale);
                judge(sql, begin, first);
                assertThat(stale.values().stream().mapToDouble(n -> n).sum()).isPositive();
            }
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
        settle(nodes[0], WINDOW);
        StringBuilder each = new StringBuilder();
        double all = 0;
        double allCpu = 0;
        double seconds = since(began);
        for (int i = 0; i < nodes.length; i++) {
            double done = checks(nodes[i]) - before[i];
            double used = cpuSeconds(nodes[i]) - cpu[i];
            all += done;
            allCpu += used;
            each.append(" %.0f/s %.0f %%".formatted(done / seconds, 100 * used / seconds));
        }
        report(
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

    private void judge(Sql sql, String begin, String first) throws Exception {
        report(
                "checks by second of gap to the one before: %s",
                sql.text(
                        """
                        select string_agg(gap || ' s: ' || n, ', ' order by gap) from (
                            select (extract(epoch from gap) / 10)::int * 10 as gap, count(*) as n
                            from (%s) g group by 1) h
                        """
                                .formatted(gaps(begin))));
        double longest =
                Double.parseDouble(
                        sql.text(
                                "select max(extract(epoch from gap))::text from (%s) g"
                                        .formatted(gaps(begin))));
        report("longest without a check: %.1f s of %d s", longest, BOUND.toSeconds());
        report(
                "transitions: %s",
                sql.text(
                        """
                        select string_agg(step || ' ' || n, ', ' order by step) from (
                            select (body::json ->> 'from') || '>' || (body::json ->> 'to') as step, count(*) as n
                            from event_log where type = 'transition' and seq > %s group by 1) s
                        """
                                .formatted(first)));
        String steps =
                """
                select camera_id, string_agg((body::json ->> 'from') || '>' || (body::json ->> 'to'), ' ' order by seq) as steps
                from event_log where type = 'transition' and seq > %s group by 1
                """
                        .formatted(first);
        String flipped =
                "HEALTHY>CAMERA_FAULT CAMERA_FAULT>HEALTHY HEALTHY>CAMERA_FAULT CAMERA_FAULT>HEALTHY";
        assertThat(
                        sql.text(
                                """
                                select coalesce(string_agg(camera_id || ' ' || steps, '; '), '') from (%s) s
                                where steps <> '%s' or regexp_replace(camera_id, '\\D', '', 'g')::int %% %d <> 0
                                """
                                        .formatted(steps, flipped, FLIPS)))
                .as("false or doubled transitions")
                .isEmpty();
        assertThat(sql.text("select count(*)::text from (%s) s".formatted(steps)))
                .as("cameras whose flips were all seen")
                .isEqualTo(Integer.toString(CAMERAS / FLIPS));
        assertThat(longest).isLessThan(BOUND.plus(BUSY).toSeconds());
    }

    /** Of each camera, between its checks since then, and from its last one until now. */
    private static String gaps(String begin) {
        return """
               select checked_at - lag(checked_at) over (partition by camera order by checked_at) as gap
               from (select camera, checked_at from measurement where checked_at > '%1$s'::timestamptz
                     union all select key, '%1$s'::timestamptz from camera_key
                     union all select key, now() from camera_key) all_checks
               """
                .formatted(begin);
    }

    private static void flip(FleetServer fleet, boolean down) {
        for (int number = FLIPS; number <= CAMERAS; number += FLIPS) {
            if (down) {
                fleet.faults().set(Target.camera(number), Fault.NOT_FOUND);
            } else {
                fleet.faults().recover(Target.camera(number));
            }
        }
    }

    private Product process(
            String name, String roles, EmbeddedDatabase database, KafkaProcess broker)
            throws Exception {
        return new Product(
                Files.createDirectory(folder.resolve(name)),
                "--cctvout.roles=" + roles,
                "--cctvout.cluster.node=" + name,
                "--cctvout.cluster.takeover=" + TAKEOVER.toSeconds() + "s",
                "--spring.r2dbc.url=" + database.r2dbcUrl(),
                "--spring.r2dbc.username=" + database.username(),
                "--spring.r2dbc.password=" + database.password(),
                "--cctvout.kafka.bootstrap-servers=" + broker.servers(),
                "--cctvout.probe.interval=" + INTERVAL.toSeconds() + "s",
                "--cctvout.probe.down-interval=10s",
                "--cctvout.probe.confirm=1s,2s",
                "--cctvout.probe.icmp.count=1");
    }

    private Path csv(FleetServer fleet) throws Exception {
        Stream<String> rows =
                fleet.fleet().cameras().stream().map(camera -> row(camera, fleet.port()));
        Path file = folder.resolve("cameras.csv");
        Files.write(
                file,
                (Iterable<String>) Stream.concat(Stream.of("id,ip,hlsUrl,line"), rows)::iterator);
        return file;
    }

    /** The id says the number, by which it flips. */
    private static String row(SimulatedCamera camera, int port) {
        return "c-%d,%s,%s,%s"
                .formatted(camera.number(), camera.ip(), camera.mediaUrl(port), camera.line());
    }

    private static void settle(Product running, Duration time) throws Exception {
        running.runsFor(time);
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

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private static void report(String words, Object... values) {
        System.out.printf(words + "%n", values);
    }
}
