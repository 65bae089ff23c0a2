package cctvout.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cctvout.simulator.Fault;
import cctvout.simulator.Fleet;
import cctvout.simulator.FleetOptions;
import cctvout.simulator.FleetServer;
import cctvout.simulator.Target;
import cctvout.store.EmbeddedDatabase;

import com.sun.security.auth.module.UnixSystem;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What befalls the database: it is killed under load, has no room left. */
@Tag("load")
class DatabaseTroubleTest {

    private static final int CAMERAS = 300;
    private static final int FAULTY = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir Path folder;

    @Test
    void killedUnderLoadItLosesNothingAndMakesNoFaultOfItsOwn() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(folder.resolve("external"));
                FleetServer fleet =
                        FleetServer.start(FleetOptions.of(Fleet.of(CAMERAS), 0)).toFuture().get();
                WebhookReceiver receiver = new WebhookReceiver(Parties.SECRET);
                Product product = product(database)) {
            watched(product, fleet, receiver);
            for (int round = 0; round < 3; round++) {
                int first = 1 + round * FAULTY;
                fail(fleet, first);
                product.runsFor(Duration.ofMillis(200 + 300 * round));
                kill(folder.resolve("external"));
                product.runsFor(Duration.ofSeconds(4));
                database.startServer();
                awaitVerdicts(product, "CAMERA_FAULT", FAULTY * (round + 1));
            }
            fleet.faults().recover(new Target.All());
            awaitVerdicts(product, "HEALTHY", CAMERAS);
            eachFaultIsOnePair(product, FAULTY * 3);
        }
    }

    @Test
    void withoutRoomOnItsDiskProbingGoesOnItIsSaidAndAllIsWrittenWhenThereIsRoom()
            throws Exception {
        assumeTrue(new UnixSystem().getUid() == 0, "only root may mount a small disk");
        Path disk = Files.createDirectory(folder.resolve("data"));
        run("mount", "-t", "tmpfs", "-o", "size=220m,mode=0700", "tmpfs", disk.toString());
        try (FleetServer fleet =
                        FleetServer.start(FleetOptions.of(Fleet.of(CAMERAS), 0)).toFuture().get();
                WebhookReceiver receiver = new WebhookReceiver(Parties.SECRET);
                Product product = Product.quick(folder, "--cctvout.health.every=500ms")) {
            watched(product, fleet, receiver);
            fill(disk.resolve("filling"));
            fail(fleet, 1);
            awaitMetric(product, "cctvout_database_up", 0);
            double before = metric(product, "cctvout_probe_duration_seconds_count");
            product.runsFor(Duration.ofSeconds(20));
            assertThat(metric(product, "cctvout_probe_duration_seconds_count"))
                    .isGreaterThan(before + CAMERAS);
            assertThat(Files.readString(product.logFile())).contains("No space left on device");

            Files.delete(disk.resolve("filling"));
            awaitMetric(product, "cctvout_database_up", 1);
            awaitVerdicts(product, "CAMERA_FAULT", FAULTY);
            fleet.faults().recover(new Target.All());
            awaitVerdicts(product, "HEALTHY", CAMERAS);
            eachFaultIsOnePair(product, FAULTY);
            System.out.println("log lines: " + Files.readAllLines(product.logFile()).size());
        } finally {
            run("umount", disk.toString());
        }
    }

    private Product product(EmbeddedDatabase database) {
        return Product.quick(
                folder,
                "--spring.r2dbc.url=" + database.r2dbcUrl(),
                "--spring.r2dbc.username=" + database.username(),
                "--spring.r2dbc.password=" + database.password());
    }

    private void watched(Product product, FleetServer fleet, WebhookReceiver receiver)
            throws Exception {
        Parties.register(product.console(), receiver);
        String rows =
                fleet.fleet().cameras().stream()
                        .map(
                                it ->
                                        "%s,%s,%s,L-17,V-A\n"
                                                .formatted(
                                                        it.id().value(),
                                                        it.ip(),
                                                        it.hlsUrl(fleet.port())))
                        .collect(Collectors.joining("", "id,ip,hlsUrl,line,vendor\n", ""));
        Path csv = Files.writeString(folder.resolve("cameras.csv"), rows);
        assertThat(product.console().imported(csv).get("created").asInt()).isEqualTo(CAMERAS);
        awaitVerdicts(product, "HEALTHY", CAMERAS);
    }

    private static void fail(FleetServer fleet, int first) {
        for (int camera = first; camera < first + FAULTY; camera++) {
            fleet.faults().set(Target.camera(camera), Fault.NOT_FOUND);
        }
    }

    /** No time to write what it has not. */
    private static void kill(Path parent) throws Exception {
        Path file = parent.resolve("postgresql/data/postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
        ProcessHandle server = ProcessHandle.of(pid).orElseThrow();
        server.destroyForcibly();
        server.onExit().get(60, TimeUnit.SECONDS);
    }

    private static void awaitVerdicts(Product product, String verdict, int cameras)
            throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String status = "";
        while (System.nanoTime() < end) {
            status = product.console().text("/api/status");
            if (status.contains("\"%s\":%d,".formatted(verdict, cameras))
                    || status.contains("\"%s\":%d}".formatted(verdict, cameras))) {
                return;
            }
            product.runsFor(Duration.ofMillis(300));
        }
        throw new AssertionError("not %d %s: %s".formatted(cameras, verdict, status));
    }

    /** By what is stored: a camera that failed has gone there and back once, no other has. */
    private static void eachFaultIsOnePair(Product product, int faulty) {
        List<String> steps = new ArrayList<>();
        long after = 0;
        for (List<JsonNode> page = page(product, after);
                !page.isEmpty();
                page = page(product, after)) {
            for (JsonNode one : page) {
                steps.add(one.get("from").asString() + ">" + one.get("to").asString());
                after = one.get("seq").asLong();
            }
        }
        assertThat(steps).filteredOn("HEALTHY>CAMERA_FAULT"::equals).hasSize(faulty);
        assertThat(steps).filteredOn("CAMERA_FAULT>HEALTHY"::equals).hasSize(faulty);
        assertThat(steps).hasSize(CAMERAS + 2 * faulty);
    }

    private static List<JsonNode> page(Product product, long after) {
        List<JsonNode> items = new ArrayList<>();
        product.console()
                .get("/api/transitions?limit=500&after=" + after)
                .get("items")
                .forEach(items::add);
        return items;
    }

    private static void awaitMetric(Product product, String name, double value) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (metric(product, name) != value) {
            assertThat(System.nanoTime()).as(name).isLessThan(end);
            product.runsFor(Duration.ofMillis(300));
        }
    }

    private static double metric(Product product, String name) {
        return product.console()
                .text("/actuator/prometheus")
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Until not a byte more goes in. */
    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
    }
}
