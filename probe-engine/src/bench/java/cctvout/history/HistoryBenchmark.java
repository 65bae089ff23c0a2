package cctvout.history;

import cctvout.bench.Peer;
import cctvout.camera.CameraId;
import cctvout.hls.HlsReason;
import cctvout.hls.HlsResult;
import cctvout.icmp.IcmpResult;
import cctvout.icmp.IcmpStatus;
import cctvout.log.PostgresEventLog;
import cctvout.status.CameraStatus;
import cctvout.status.PostgresTransitionLog;
import cctvout.status.Verdict;
import cctvout.store.Columns;
import cctvout.store.EmbeddedDatabase;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import reactor.core.publisher.Mono;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * {@code history [rounds] [cameras]}: that many rounds of checks of 50,000 cameras, 20 s apart, as
 * fast as they go into a PostgreSQL of its own; what it costs us and the server; then what readers
 * wait for.
 */
public final class HistoryBenchmark {

    private static final Duration INTERVAL = Duration.ofSeconds(20);
    private static final int BATCH = 2500;
    private static final long LONGEST_MINUTES = 10;

    private final EmbeddedDatabase embedded;
    private final PostgresProbeHistory history;
    private final List<CameraId> cameras;
    private final Instant begun =
            Instant.now().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.HOURS);
    private final long postmaster;

    private HistoryBenchmark(EmbeddedDatabase embedded, Path folder, int count) throws IOException {
        this.embedded = embedded;
        this.history =
                new PostgresProbeHistory(
                        embedded.database(),
                        HistorySettings.of(100_000, BATCH, Duration.ofMillis(500)),
                        new SimpleMeterRegistry());
        this.cameras = cameras(count);
        this.postmaster =
                Long.parseLong(
                        Files.readAllLines(folder.resolve("postgresql/data/postmaster.pid"))
                                .getFirst()
                                .strip());
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 40;
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 50_000;
        Path folder = Files.createTempDirectory("cctv-out-history");
        try (EmbeddedDatabase embedded = EmbeddedDatabase.start(folder)) {
            HistoryBenchmark run = new HistoryBenchmark(embedded, folder, count);
            done(run.history.upkeep());
            run.write("first two rounds", 0, 2);
            run.write("the other rounds", 2, rounds);
            run.read();
        }
    }

    private void write(String what, int from, int to) throws Exception {
        double cpu = ownCpu();
        double server = serverCpu();
        long wal = walBytes();
        long start = System.nanoTime();
        long rows = 0;
        Random random = new Random(from);
        for (int round = from; round < to; round++) {
            for (int i = 0; i < cameras.size(); i++) {
                history.record(check(round, i, random));
                if (++rows % BATCH == 0) {
                    done(history.flush());
                }
            }
        }
        done(history.flush());
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%-20s %9d rows %9.0f rows/s %6.2f ms own CPU, %6.2f ms PostgreSQL's CPU, %4d KB WAL per 1000%n",
                what,
                rows,
                rows / seconds,
                (ownCpu() - cpu) * 1e6 / rows,
                (serverCpu() - server) * 1e6 / rows,
                (walBytes() - wal) / rows);
    }

    private CameraStatus check(int round, int camera, Random random) {
        Instant at =
                begun.plus(INTERVAL.multipliedBy(round))
                        .plusNanos(INTERVAL.toNanos() / cameras.size() * camera)
                        .truncatedTo(ChronoUnit.MICROS);
        double rtt = 1 + random.nextInt(9000) / 1000.0;
        return new CameraStatus(
                cameras.get(camera),
                Verdict.HEALTHY,
                "OK",
                begun,
                new IcmpResult(IcmpStatus.SUCCESS, "OK", 4, 4, rtt, rtt + 0.1, rtt + 0.3, at),
                new HlsResult(
                        HlsReason.OK.status(),
                        HlsReason.OK,
                        200,
                        (long) round,
                        6.0,
                        35L,
                        null,
                        List.of(),
                        null,
                        null,
                        at.plusMillis(30)));
    }

    private void read() throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%.0f MB in all%n",
                number("select pg_database_size(current_database())") / 1e6);
        CameraId one = cameras.get(7);
        Instant end = begun.plus(Duration.ofHours(3));
        for (int i = 0; i < 3; i++) {
            timed(
                    "one camera's newest 100 of a day",
                    history.checks(one, end.minus(Duration.ofDays(1)), end, 100));
        }
        timed(
                "one camera's newest 1000 of 30 d",
                history.checks(one, end.minus(Duration.ofDays(30)), end, 1000));
        var transitions =
                new PostgresTransitionLog(
                        embedded.database(), new PostgresEventLog(embedded.database()));
        timed("verdicts of 1000 cameras", transitions.verdicts(cameras.subList(0, 1000)).count());
        double server = serverCpu();
        timed("figures of the hours", history.upkeep().thenReturn(true));
        System.out.printf(
                Locale.ROOT,
                "%-40s %8.0f ms PostgreSQL's CPU%n",
                "",
                (serverCpu() - server) * 1000);
    }

    private static void timed(String what, Mono<?> work) throws Exception {
        long start = System.nanoTime();
        done(work);
        System.out.printf(Locale.ROOT, "%-40s %8.1f ms%n", what, (System.nanoTime() - start) / 1e6);
    }

    private static void done(Mono<?> work) throws Exception {
        work.then().toFuture().get(LONGEST_MINUTES, TimeUnit.MINUTES);
    }

    private static List<CameraId> cameras(int count) {
        List<CameraId> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(new CameraId("CCTV-%05d".formatted(i)));
        }
        Collections.shuffle(ids, new Random(1));
        return ids;
    }

    private long walBytes() throws Exception {
        return number("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
    }

    private long number(String sql) throws Exception {
        Long found =
                embedded.database()
                        .client()
                        .sql("select (" + sql.substring("select ".length()) + ") as n")
                        .map(row -> Columns.number(row, "n"))
                        .one()
                        .toFuture()
                        .get(LONGEST_MINUTES, TimeUnit.MINUTES);
        return found == null ? 0 : found;
    }

    private static double ownCpu() {
        var machine =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        return machine.getProcessCpuTime() / 1e9;
    }

    // The server's own processes that live now; those of the pool live as long as the run.
    private double serverCpu() throws IOException {
        double seconds = Peer.cpuSeconds(postmaster);
        try (DirectoryStream<Path> processes =
                Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (isChild(process)) {
                    seconds += Peer.cpuSeconds(Long.parseLong(process.getFileName().toString()));
                }
            }
        }
        return seconds;
    }

    private boolean isChild(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            return stat.substring(stat.lastIndexOf(')') + 2)
                    .split(" ")[1]
                    .equals(Long.toString(postmaster));
        } catch (IOException gone) {
            return false;
        }
    }
}
